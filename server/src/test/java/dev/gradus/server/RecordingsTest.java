package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gradus.testkit.FeedStub;
import dev.gradus.testkit.LambdaStub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Replays recordings of the real service against a started server and compares strictly. They lie
 * beside the repository, or where {@code GRADUS_RECORDINGS} says; without them this test says so
 * and is skipped, and the vectors in this module's resources say what they taught.
 */
final class RecordingsTest {
    private static final int PERCENT_TO_PASS = 97;
    private static final int AT_ONCE = 16; // most cases wait, hardly any computes
    private static final long FIRST_ACCOUNT = 200_000_000_000L;

    @Test
    void answersAsTheRealServiceDid() throws Exception {
        var folder = folder();
        if (folder.isEmpty()) {
            System.out.println(
                    "recordings: SKIPPED, no folder ../shared/recordings beside the"
                            + " repository and no GRADUS_RECORDINGS");
        }
        assumeTrue(folder.isPresent(), "there are no recordings here");

        var verdicts = replayed(recordings(folder.get()));

        var failed = verdicts.stream().filter(Verdict::failed).count();
        var eligible = verdicts.stream().filter(Verdict::eligible).count();
        print(verdicts);
        System.out.printf(
                "recordings: %d passed, %d failed, %d later%n",
                eligible - failed, failed, verdicts.size() - eligible);
        assertThat(eligible).isPositive();
        var unexplained = verdicts.stream().filter(Verdict::unexplained).count();
        assertThat((eligible - unexplained) * 100)
                .isGreaterThanOrEqualTo(eligible * PERCENT_TO_PASS);
        compareWithPage(Conformance.page(verdicts));
    }

    /**
     * Compares the page of the repository, or writes it when {@code -Dconformance=write} is set.
     */
    private static void compareWithPage(String page) throws IOException {
        var file = repository().orElseThrow().resolve("docs/conformance.md");
        if ("write".equals(System.getProperty("conformance"))) {
            Files.writeString(file, page);
        }
        assertThat(file)
                .as("run this test once with -Dconformance=write, and look at what changed")
                .hasContent(page);
    }

    private static void print(List<Verdict> verdicts) {
        for (var verdict : verdicts) {
            var name = verdict.recording().name();
            verdict.later().ifPresent(why -> System.out.println("later: " + why + ": " + name));
        }
        for (var verdict : verdicts) {
            if (verdict.failed()) {
                System.out.println(
                        "FAILED "
                                + verdict.recording().name()
                                + "\n    "
                                + verdict.difference().get()
                                + verdict.reason().map(why -> "\n    " + why).orElse(""));
            }
        }
    }

    private static List<Verdict> replayed(List<Recording> recordings) throws Exception {
        try (var stub = LambdaStub.start();
                var feeds = FeedStub.start();
                var server = GradusServer.start(settings(stub, feeds));
                var http = HttpClient.newHttpClient();
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var tasks = new ArrayList<Callable<Verdict>>();
            for (var recording : recordings) {
                int number = tasks.size();
                var client = new WireClient(http, server.port(), account(number));
                var logs = new RecordedLogs(recording, feeds, number);
                tasks.add(() -> verdict(recording, number, client, stub, logs));
            }
            var verdicts = new ArrayList<Verdict>();
            for (var verdict : threads.invokeAll(tasks)) {
                verdicts.add(verdict.get());
            }
            // Some cases have limits of a second of real time, which a busy machine may miss.
            for (int i = 0; i < verdicts.size(); i++) {
                if (verdicts.get(i).unexplained()) {
                    var recording = recordings.get(i);
                    System.out.println("replayed once more, alone: " + recording.name());
                    int number = recordings.size() + i;
                    var client = new WireClient(http, server.port(), account(number));
                    var logs = new RecordedLogs(recording, feeds, number);
                    verdicts.set(i, verdict(recording, number, client, stub, logs));
                }
            }
            return verdicts;
        }
    }

    private static Verdict verdict(
            Recording recording, int number, WireClient client, LambdaStub stub, RecordedLogs logs)
            throws InterruptedException {
        var later = Later.reason(recording);
        if (later.isPresent()) {
            return new Verdict(recording, later, Optional.empty());
        }
        try {
            var placeholders = new Placeholders(account(number));
            bindInput(recording, placeholders);
            RecordedFunctions.serve(recording, placeholders, stub, number);
            logs.nameGroups(placeholders);
            var replay = new Replay(recording, client, placeholders, logs);
            return new Verdict(
                    recording,
                    Optional.empty(),
                    Judgement.of(recording, placeholders, replay, logs));
        } catch (IOException | RuntimeException | AssertionError broken) {
            return new Verdict(recording, Optional.empty(), Optional.of(broken.toString()));
        }
    }

    /** Where a placeholder stands for a whole input, the history's first event has the input. */
    private static void bindInput(Recording recording, Placeholders placeholders) {
        for (var call : recording.calls()) {
            var input = Recording.string(call.request(), "input");
            if (input.matches("<[^>]+>")) {
                recording.firstInput().ifPresent(json -> placeholders.bind(input, json.text()));
            }
        }
    }

    private static Settings settings(LambdaStub stub, FeedStub feeds) {
        return Settings.from(
                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                Map.of(
                        "LAMBDA_ENDPOINT", stub.endpoint().toString(),
                        "LOGS_ENDPOINT", feeds.endpoint().toString()));
    }

    /** An account for each case: their machines and lists do not meet. */
    private static String account(int number) {
        return Long.toString(FIRST_ACCOUNT + number);
    }

    private static List<Recording> recordings(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Recording::read)
                    .toList();
        }
    }

    private static Optional<Path> folder() {
        var named = System.getenv("GRADUS_RECORDINGS");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return repository()
                .map(root -> root.resolve("../shared/recordings"))
                .filter(Files::isDirectory);
    }

    private static Optional<Path> repository() {
        var at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        return Optional.ofNullable(at);
    }
}
