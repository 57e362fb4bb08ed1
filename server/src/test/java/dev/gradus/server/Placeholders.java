package dev.gradus.server;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for the volatile values of one recording: {@code <region>}, {@code <uuid:1>}, and
 * some bare words. A name has one value in the whole case, whether it is first needed in a request,
 * where a value is made up, or first seen in an answer, where it takes what is there. Used by the
 * threads of a replay and of the functions it calls.
 */
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("<[A-Za-z][A-Za-z0-9_:-]*>");
    private static final String RECORDED_ACCOUNT = "111111111111";
    private static final String TASK_TOKEN = "<task_token";
    private static final long PATIENCE_SECONDS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition learnt = lock.newCondition();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();

    Placeholders(String account) {
        values.put("<partition>", "aws");
        values.put("<region>", WireClient.REGION);
        values.put("<secondary_test_aws_account_id>", account); // one caller plays both
        words.put(RECORDED_ACCOUNT, account);
        words.put("\"date\"", "\"2024-12-27T09:00:00Z\""); // a time, as a value in JSON text
        for (var role : List.of("snf_role_arn", "sfn_role_arn")) {
            words.put(role, "arn:aws:iam::" + account + ":role/workflow");
        }
    }

    /** Gives a word of the recording that is no marked placeholder its value here. */
    void word(String word, String value) {
        lock.lock();
        try {
            words.put(word, value);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a bare word of the recording has a value here. */
    boolean knows(String word) {
        lock.lock();
        try {
            return words.containsKey(word);
        } finally {
            lock.unlock();
        }
    }

    void bind(String name, String value) {
        lock.lock();
        try {
            values.putIfAbsent(name, value);
            learnt.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Text for a request: every placeholder has a value, made from its name if nothing is known.
     */
    String fill(String recorded) throws InterruptedException {
        lock.lock();
        try {
            var names = NAME.matcher(recorded);
            while (names.find()) {
                var name = names.group();
                if (name.startsWith(TASK_TOKEN)) {
                    awaitValue(name);
                }
                values.computeIfAbsent(name, Placeholders::invented);
            }
            return substituted(recorded);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells whether a text of ours is the recorded one; what was open takes its value from ours.
     */
    boolean matches(String recorded, String ours) {
        lock.lock();
        try {
            var expected = substituted(recorded);
            if (expected.equals(ours)) {
                return true;
            }
            var names = NAME.matcher(expected);
            var pattern = new StringBuilder();
            var groups = new LinkedHashMap<String, Integer>();
            var literalFrom = 0;
            while (names.find()) {
                pattern.append(Pattern.quote(expected.substring(literalFrom, names.start())));
                var group = groups.putIfAbsent(names.group(), groups.size() + 1);
                pattern.append(group == null ? "(.+?)" : "\\" + group);
                literalFrom = names.end();
            }
            pattern.append(Pattern.quote(expected.substring(literalFrom)));
            var match = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(ours);
            if (groups.isEmpty() || !match.matches()) {
                return false;
            }
            groups.forEach((name, group) -> values.put(name, match.group(group)));
            learnt.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private String substituted(String recorded) {
        var text =
                NAME.matcher(recorded)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(
                                        values.getOrDefault(found.group(), found.group())));
        for (var word : words.entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        return text;
    }

    private void awaitValue(String name) throws InterruptedException {
        var left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!values.containsKey(name) && left > 0) {
            left = learnt.awaitNanos(left);
        }
    }

    private static String invented(String name) {
        return name.substring(1, name.length() - 1).replaceAll("[^A-Za-z0-9_-]", "-");
    }
}
