package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;

/** The functions over numbers and arrays of numbers. */
final class NumberFunctions {
    private static final RegexProgram DECIMAL =
            RegexProgram.compile("^-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?$/", 0);
    // Read it as JavaScript does: only the first way is bound to the start, the last to the end.
    private static final RegexProgram OTHER_BASE =
            RegexProgram.compile("^(0[xX][0-9A-Fa-f]+)|(0[oO][0-7]+)|(0[bB][0-1]+)$/", 0);
    private static final double INTEGERS_EXACT_BELOW = 9_007_199_254_740_992.0;
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

    private NumberFunctions() {}

    static Value number(Arguments arguments) {
        return switch (arguments.get(0)) {
            case Value.Undefined _ -> Value.UNDEFINED;
            case Value.Num number -> number;
            case Value.Bool bool -> Value.Num.of(bool.isTrue() ? 1 : 0);
            case Value.Text(var text) -> parsed(text, arguments);
            default -> throw EvaluationFailure.of("D3030", arguments.get(0));
        };
    }

    private static Value parsed(String text, Arguments arguments) {
        var evaluation = arguments.evaluation();
        evaluation.read(8L * text.length());
        if (new RegexMatcher(DECIMAL, text, evaluation).find(0)) {
            var number = Double.parseDouble(text);
            if (!Double.isInfinite(number)) {
                return Value.Num.of(number);
            }
        }
        if (new RegexMatcher(OTHER_BASE, text, evaluation).find(0)) {
            return Value.Num.of(inOtherBase(text));
        }
        throw EvaluationFailure.of("D3030", arguments.get(0));
    }

    private static double inOtherBase(String text) {
        var base =
                text.length() < 3 || text.charAt(0) != '0'
                        ? 0
                        : switch (Character.toLowerCase(text.charAt(1))) {
                            case 'x' -> 16;
                            case 'o' -> 8;
                            case 'b' -> 2;
                            default -> 0;
                        };
        var number = base == 0 ? Double.NaN : 0.0;
        for (var i = 2; i < text.length(); i++) {
            var c = text.charAt(i);
            var digit = base == 0 || c > 'z' ? -1 : Character.digit(c, base);
            if (digit < 0) {
                return Double.NaN;
            }
            number = number * base + digit;
        }
        return number;
    }

    static Value floor(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : Value.Num.of(Math.floor(arguments.number(0)));
    }

    static Value ceil(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : Value.Num.of(Math.ceil(arguments.number(0)));
    }

    static Value abs(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : Value.Num.of(Math.abs(arguments.number(0)));
    }

    static Value round(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var precision = arguments.isMissing(1) ? 0 : arguments.number(1);
        return Value.Num.of(rounded(arguments.number(0), precision));
    }

    /**
     * Rounds to so many decimals, halves to the even neighbour. The point is moved in the decimal
     * text, so that 4.525 is the half that it looks like.
     */
    static double rounded(double number, double precision) {
        var moves = precision != 0 && !Double.isNaN(precision);
        var moved = moves ? shifted(number, precision) : number;
        var result = NumberText.roundedHalfUp(moved);
        if (Math.abs(result - moved) == 0.5 && Math.abs(result % 2) == 1) {
            result -= 1;
        }
        if (moves) {
            result = shifted(result, -precision);
        }
        return result == 0 ? 0 : result;
    }

    private static double shifted(double number, double places) {
        if (!Double.isFinite(number) || places != Math.rint(places) || Math.abs(places) > 1e6) {
            return Double.NaN;
        }
        var text = NumberText.of(number);
        var mark = text.indexOf('e');
        var mantissa = mark < 0 ? text : text.substring(0, mark);
        var exponent = mark < 0 ? 0 : Integer.parseInt(text.substring(mark + 1));
        return Double.parseDouble(mantissa + "e" + (exponent + (int) places));
    }

    static Value sqrt(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        if (arguments.number(0) < 0) {
            throw EvaluationFailure.of("D3060", arguments.get(0));
        }
        return Value.Num.of(Math.sqrt(arguments.number(0)));
    }

    static Value power(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var base = arguments.number(0);
        var exponent = arguments.number(1);
        // The one case in which JavaScript and Java disagree about a power.
        var result =
                Math.abs(base) == 1 && Double.isInfinite(exponent)
                        ? Double.NaN
                        : Math.pow(base, exponent);
        if (!Double.isFinite(result)) {
            throw EvaluationFailure.of("D3061", arguments.get(0)).with("exp", arguments.get(1));
        }
        return Value.Num.of(result);
    }

    static Value formatBase(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var radix = arguments.isMissing(1) ? 10 : rounded(arguments.number(1), 0);
        if (!(radix >= 2 && radix <= 36)) {
            throw EvaluationFailure.of("D3100", Value.Num.of(radix));
        }
        return arguments.made(inBase(rounded(arguments.number(0), 0), (int) radix));
    }

    private static String inBase(double number, int radix) {
        if (radix == 10 || !Double.isFinite(number)) {
            return NumberText.of(number);
        }
        var digits = new StringBuilder();
        var rest = Math.abs(number);
        while (rest >= INTEGERS_EXACT_BELOW) { // digits that no double holds are zeros
            rest /= radix;
            digits.append('0');
        }
        do {
            var digit = rest % radix;
            digits.append(DIGITS.charAt((int) digit));
            rest = (rest - digit) / radix;
        } while (rest > 0);
        return (number < 0 ? "-" : "") + digits.reverse();
    }

    static Value sum(Arguments arguments) {
        return arguments.isMissing(0) ? Value.UNDEFINED : Value.Num.of(total(arguments));
    }

    private static double total(Arguments arguments) {
        var numbers = arguments.array(0);
        arguments.evaluation().steps(numbers.size() / 4);
        var total = 0.0;
        for (var i = 0; i < numbers.size(); i++) {
            total += number(numbers.get(i));
        }
        return total;
    }

    private static double number(Value value) {
        return value instanceof Value.Num(var number, var _) ? number : Double.NaN;
    }

    static Value average(Arguments arguments) {
        var numbers = arguments.array(0);
        return arguments.isMissing(0) || numbers.isEmpty()
                ? Value.UNDEFINED
                : Value.Num.of(total(arguments) / numbers.size());
    }

    static Value max(Arguments arguments) {
        return extreme(arguments, true);
    }

    static Value min(Arguments arguments) {
        return extreme(arguments, false);
    }

    private static Value extreme(Arguments arguments, boolean isMax) {
        var numbers = arguments.array(0);
        if (arguments.isMissing(0) || numbers.isEmpty()) {
            return Value.UNDEFINED;
        }
        arguments.evaluation().steps(numbers.size() / 4);
        var extreme = number(numbers.get(0));
        for (var i = 1; i < numbers.size(); i++) {
            var next = number(numbers.get(i));
            extreme = isMax ? Math.max(extreme, next) : Math.min(extreme, next);
        }
        return Value.Num.of(extreme);
    }
}
