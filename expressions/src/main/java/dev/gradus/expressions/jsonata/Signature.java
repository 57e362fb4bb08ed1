package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What arguments a function takes, as {@code <s-nn?:s>} writes it. Each argument is a letter (s, n,
 * b, l for null, a, o, f, and m for one that is missing) and the parameters are a pattern over
 * these letters, matched from the left, each as greedily as the others allow.
 */
final class Signature {
    private static final String ANY = "asnblfom";
    private static final int PARAMETERS_MAX = 100; // ours: the match recurses over them

    /** How often a parameter may stand. */
    private enum Count {
        ONE,
        OPTIONAL,
        SOME
    }

    /**
     * One parameter.
     *
     * @param letters what it takes
     * @param isArray whether a value that is no array becomes an array of one
     * @param elements what the elements of the array must be; empty if anything
     * @param context whether the context item stands in for it
     */
    private record Parameter(
            String letters,
            boolean isArray,
            Optional<String> elements,
            Count count,
            boolean context) {
        boolean takes(char letter) {
            return letters.indexOf(letter) >= 0;
        }

        int min() {
            return count == Count.OPTIONAL ? 0 : 1;
        }

        int max() {
            return count == Count.SOME ? Integer.MAX_VALUE : 1;
        }
    }

    /** A signature that cannot be read: JSONata's code and where in the text. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String code;
        private final int offset;

        Malformed(String code, int offset) {
            super(code, null, false, false);
            this.code = code;
            this.offset = offset;
        }

        String code() {
            return code;
        }

        int offset() {
            return offset;
        }
    }

    private final List<Parameter> parameters;
    private final boolean oneEach;

    private Signature(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        this.oneEach = parameters.stream().allMatch(parameter -> parameter.count != Count.SOME);
    }

    /** Reads a signature from {@code <} on; what follows the colon is not looked at. */
    static Signature parse(String text) {
        var parameters = new ArrayList<Parameter>();
        for (var at = 1; at < text.length() && text.charAt(at) != ':'; at++) {
            var symbol = text.charAt(at);
            switch (symbol) {
                case 's', 'n', 'b', 'l', 'o' -> parameters.add(parameter(symbol + "m", false));
                case 'a' -> parameters.add(parameter(ANY, true));
                case 'f' -> parameters.add(parameter("f", false));
                case 'j' -> parameters.add(parameter("asnblom", false));
                case 'x' -> parameters.add(parameter(ANY, false));
                case '-', '?', '+' -> modify(parameters, symbol);
                case '(' -> {
                    var close = closing(text, at, '(', ')');
                    var choice = text.substring(at + 1, Math.max(at + 1, close));
                    if (choice.indexOf('<') >= 0) {
                        throw new Malformed("S0402", at);
                    }
                    parameters.add(parameter(choice + "m", false));
                    at = close;
                }
                case '<' -> {
                    var close = closing(text, at, '<', '>');
                    type(parameters, text.substring(at + 1, Math.max(at + 1, close)), at);
                    at = close;
                }
                default -> {
                    // JSONata passes over letters that it does not know
                }
            }
        }
        if (parameters.size() > PARAMETERS_MAX) {
            throw new Malformed("S0501", 0);
        }
        return new Signature(parameters);
    }

    private static Parameter parameter(String letters, boolean isArray) {
        return new Parameter(letters, isArray, Optional.empty(), Count.ONE, false);
    }

    private static void modify(List<Parameter> parameters, char symbol) {
        if (!parameters.isEmpty()) {
            var last = parameters.removeLast();
            var count = symbol == '+' ? Count.SOME : Count.OPTIONAL;
            parameters.add(
                    new Parameter(
                            last.letters,
                            last.isArray,
                            last.elements,
                            count,
                            last.context || symbol == '-'));
        }
    }

    private static void type(List<Parameter> parameters, String type, int at) {
        if (parameters.isEmpty()
                || !(parameters.getLast().isArray || parameters.getLast().letters.equals("f"))) {
            throw new Malformed("S0401", at);
        }
        var last = parameters.removeLast();
        parameters.add(
                new Parameter(
                        last.letters,
                        last.isArray,
                        last.isArray ? Optional.of(type) : Optional.empty(),
                        last.count,
                        last.context));
    }

    private static int closing(String text, int open, char opening, char closing) {
        var depth = 1;
        var at = open + 1;
        for (; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == closing) {
                depth--;
                if (depth == 0) {
                    return at;
                }
            } else if (c == opening) {
                depth++;
            }
        }
        return at;
    }

    /**
     * Fits arguments to the parameters: the context item fills in, single values become arrays.
     *
     * @throws EvaluationFailure T0410, T0411 or T0412
     */
    Value[] fit(Value[] arguments, Value context, Evaluation evaluation) {
        var letters = new char[arguments.length];
        for (var i = 0; i < arguments.length; i++) {
            letters[i] = letter(arguments[i]);
        }
        var counts = oneEach ? onePerParameter(letters) : null;
        if (counts == null) {
            counts = new int[parameters.size()];
            var matching = new Matching(letters, evaluation);
            if (!matching.match(0, 0, counts)) {
                throw matching.mismatch();
            }
        }
        var fitted = new Value[room(counts)];
        var used = 0;
        var made = 0;
        for (var i = 0; i < counts.length; i++) {
            var parameter = parameters.get(i);
            if (counts[i] == 0 && parameter.context) {
                if (!parameter.takes(letter(context))) {
                    throw EvaluationFailure.of("T0411", context).with("index", used + 1);
                }
                fitted[made++] = context;
                continue;
            }
            for (var n = Math.max(counts[i], 1); n > 0; n--) {
                var argument = used < arguments.length ? arguments[used] : Value.UNDEFINED;
                fitted[made++] =
                        counts[i] > 0 && parameter.isArray
                                ? array(parameter, argument, used, counts[i], evaluation)
                                : argument;
                used++;
            }
        }
        return fitted;
    }

    private static int room(int[] counts) {
        var room = 0;
        for (var count : counts) {
            room += Math.max(count, 1);
        }
        return room;
    }

    /** The usual case, and what the greedy match gives then: an argument for each parameter. */
    private int @Nullable [] onePerParameter(char[] letters) {
        if (letters.length != parameters.size()) {
            return null;
        }
        var counts = new int[letters.length];
        for (var i = 0; i < letters.length; i++) {
            if (!parameters.get(i).takes(letters[i])) {
                return null;
            }
            counts[i] = 1;
        }
        return counts;
    }

    /** One match of letters, with backtracking that is counted. */
    private final class Matching {
        private final char[] letters;
        private final Evaluation evaluation;

        Matching(char[] letters, Evaluation evaluation) {
            this.letters = letters;
            this.evaluation = evaluation;
        }

        boolean match(int from, int at, int[] counts) {
            evaluation.step();
            if (at == parameters.size()) {
                return from == letters.length;
            }
            var parameter = parameters.get(at);
            for (var count = run(parameter, from); count >= parameter.min(); count--) {
                counts[at] = count;
                if (match(from + count, at + 1, counts)) {
                    return true;
                }
            }
            return false;
        }

        /** Names the first argument that no beginning of the parameters reaches. */
        EvaluationFailure mismatch() {
            var good = 0;
            for (var upTo = 1; upTo <= parameters.size(); upTo++) {
                var reached = reach(0, 0, upTo);
                if (reached < 0) {
                    break;
                }
                good = reached;
            }
            return EvaluationFailure.of("T0410").with("index", good + 1);
        }

        private int reach(int from, int at, int upTo) {
            evaluation.step();
            if (at == upTo) {
                return from;
            }
            var parameter = parameters.get(at);
            for (var count = run(parameter, from); count >= parameter.min(); count--) {
                var reached = reach(from + count, at + 1, upTo);
                if (reached >= 0) {
                    return reached;
                }
            }
            return -1;
        }

        private int run(Parameter parameter, int from) {
            var count = 0;
            while (count < parameter.max()
                    && from + count < letters.length
                    && parameter.takes(letters[from + count])) {
                count++;
            }
            return count;
        }
    }

    private static Value array(
            Parameter parameter, Value argument, int at, int count, Evaluation evaluation) {
        if (argument == Value.UNDEFINED) {
            return argument;
        }
        if (parameter.elements.isPresent()
                && !isArrayOf(parameter.elements.get(), argument, count, evaluation)) {
            var failure = EvaluationFailure.of("T0412", argument).with("index", at + 1);
            plural(parameter.elements.get()).ifPresent(type -> failure.with("type", type));
            throw failure;
        }
        if (argument instanceof ArrayValue) {
            return argument;
        }
        var single = ArrayValue.plain();
        single.add(argument, evaluation);
        return single;
    }

    private static boolean isArrayOf(
            String elements, Value argument, int count, Evaluation evaluation) {
        if (!(argument instanceof ArrayValue array)) {
            return count == 1 && elements.equals(String.valueOf(letter(argument)));
        }
        if (array.isEmpty()) {
            return true;
        }
        evaluation.steps(array.size() / 8);
        var first = letter(array.get(0));
        if (elements.isEmpty() || elements.charAt(0) != first) {
            return false;
        }
        for (var i = 1; i < array.size(); i++) {
            if (letter(array.get(i)) != first) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> plural(String elements) {
        return switch (elements) {
            case "a" -> Optional.of("arrays");
            case "b" -> Optional.of("booleans");
            case "f" -> Optional.of("functions");
            case "n" -> Optional.of("numbers");
            case "o" -> Optional.of("objects");
            case "s" -> Optional.of("strings");
            default -> Optional.empty();
        };
    }

    private static char letter(Value value) {
        return switch (value) {
            case Value.Undefined _ -> 'm';
            case Value.Null _ -> 'l';
            case Value.Bool _ -> 'b';
            case Value.Num _ -> 'n';
            case Value.Text _ -> 's';
            case ArrayValue _ -> 'a';
            case ObjectValue _ -> 'o';
            case FunctionValue _ -> 'f';
        };
    }
}
