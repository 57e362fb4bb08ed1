package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a text by the binding powers of its operators (Pratt's method): what begins a value is read
 * first, then as many operators as bind more strongly than what stands to the left.
 */
final class Parser {
    private static final int STEP = 75;
    private static final int POSTFIX = 80;
    private static final int MINUS = 70;
    private static final Map<String, Integer> POWERS = powers();

    private final Tokenizer tokenizer;
    private Token token;
    private int depth;

    private Parser(String text) {
        this.tokenizer = new Tokenizer(text);
        this.token = known(tokenizer.next(false));
    }

    /**
     * Reads a whole text.
     *
     * @throws JsonataSyntaxException if it is none of the language
     */
    static Syntax parse(String text) {
        var parser = new Parser(text);
        var read = parser.expression(0);
        if (!parser.token.isEnd()) {
            throw unexpected("S0201", parser.token);
        }
        checkDepth(read);
        return read;
    }

    /** Keeps every later walk over the tree far from the end of the stack. */
    private static void checkDepth(Syntax root) {
        var level = List.of(root);
        for (var depth = 1; !level.isEmpty(); depth++) {
            if (depth > JsonataLimits.SYNTAX_DEPTH_MAX) {
                throw tooDeep(level.getFirst().position());
            }
            level = level.stream().flatMap(node -> Syntax.children(node).stream()).toList();
        }
    }

    private static Map<String, Integer> powers() {
        var powers = new HashMap<String, Integer>();
        powers.put(".", STEP);
        List.of("[", "(", "@", "#").forEach(operator -> powers.put(operator, POSTFIX));
        powers.put("{", 70);
        List.of("*", "/", "%").forEach(operator -> powers.put(operator, 60));
        List.of("+", "-", "&").forEach(operator -> powers.put(operator, 50));
        List.of("=", "<", ">", "!=", "<=", ">=", "~>", "in", "^")
                .forEach(operator -> powers.put(operator, 40));
        powers.put("and", 30);
        powers.put("or", 25);
        powers.put("?", 20);
        powers.put(":=", 10);
        return Map.copyOf(powers);
    }

    private Syntax expression(int power) {
        depth++;
        if (depth > JsonataLimits.BRACKETS_MAX) {
            throw tooDeep(token.position());
        }
        var first = token;
        advance(true);
        var left = prefix(first);
        while (power < powerOf(token)) {
            var operator = token;
            advance(false);
            left = infix(operator, left);
        }
        depth--;
        return left;
    }

    static JsonataSyntaxException tooDeep(int position) {
        return Tokenizer.failure(
                "S0501",
                position,
                _ ->
                        "The expression is nested deeper than the maximum of "
                                + JsonataLimits.BRACKETS_MAX
                                + " brackets or "
                                + JsonataLimits.SYNTAX_DEPTH_MAX
                                + " operators");
    }

    private static int powerOf(Token token) {
        return token.kind() == Token.Kind.OPERATOR ? POWERS.getOrDefault(token.text(), 0) : 0;
    }

    private void advance(boolean afterValue) {
        token = known(tokenizer.next(afterValue));
    }

    private static Token known(Token token) {
        if (token.is("!") || token.is("~")) {
            throw unexpected("S0204", token);
        }
        return token;
    }

    private void expect(String operator, boolean afterValue) {
        if (!token.is(operator)) {
            var found = token;
            throw Tokenizer.failure(
                    found.isEnd() ? "S0203" : "S0202",
                    found.position(),
                    name -> name.equals("value") ? operator : found.shown());
        }
        advance(afterValue);
    }

    private static JsonataSyntaxException unexpected(String code, Token found) {
        return Tokenizer.failure(code, found.position(), found.shown());
    }

    private Syntax prefix(Token first) {
        var at = first.position();
        return switch (first.kind()) {
            case STRING, NUMBER, VALUE -> new Syntax.Literal(first.value(), at);
            case NAME -> new Syntax.Name(first.text(), at);
            case VARIABLE -> new Syntax.Variable(first.text(), at);
            case REGEX -> new Syntax.Regex(RegexProgram.compile(first.text(), at), at);
            case END -> new Syntax.End(at);
            case OPERATOR -> prefixOperator(first);
        };
    }

    private Syntax prefixOperator(Token first) {
        var at = first.position();
        return switch (first.text()) {
            case "and", "or", "in" -> new Syntax.Name(first.text(), at);
            case "*" -> new Syntax.Wildcard(at);
            case "**" -> new Syntax.Descendants(at);
            case "%" -> new Syntax.Parent(at);
            case "-" -> new Syntax.Negation(expression(MINUS), at);
            case "(" -> block(at);
            case "[" -> brackets(at);
            case "{" -> new Syntax.Braces(pairs(), at);
            case "|" -> transform(at);
            default -> throw unexpected("S0211", first);
        };
    }

    private Syntax infix(Token operator, Syntax left) {
        var at = operator.position();
        return switch (operator.text()) {
            case "(" -> call(left, at);
            case "[" -> predicate(left, at);
            case "{" -> new Syntax.Group(left, pairs(), at);
            case "^" -> sort(left, at);
            case "?" -> condition(left, at);
            case "@" -> new Syntax.Focus(left, variable(operator), at);
            case "#" -> new Syntax.Index(left, variable(operator), at);
            case ":=" -> {
                if (!(withoutKeepArray(left) instanceof Syntax.Variable(var name, var _))) {
                    throw Tokenizer.failure("S0212", left.position());
                }
                yield new Syntax.Bind(name, expression(powerOf(operator) - 1), at);
            }
            case "~>" -> new Syntax.Apply(left, expression(powerOf(operator)), at);
            default ->
                    new Syntax.Binary(
                            operator.text(),
                            left,
                            expression(POWERS.getOrDefault(operator.text(), 0)),
                            at);
        };
    }

    private String variable(Token operator) {
        var right = expression(POSTFIX);
        if (right instanceof Syntax.Variable(var name, var _)) {
            return name;
        }
        throw unexpectedRight(operator, right);
    }

    private static JsonataSyntaxException unexpectedRight(Token operator, Syntax right) {
        return Tokenizer.failure("S0214", right.position(), operator.text());
    }

    private Syntax block(int at) {
        var expressions = new ArrayList<Syntax>();
        while (!token.is(")")) {
            expressions.add(expression(0));
            if (!token.is(";")) {
                break;
            }
            expect(";", false);
        }
        expect(")", true);
        return new Syntax.Block(expressions, at);
    }

    private Syntax brackets(int at) {
        var items = new ArrayList<Syntax>();
        if (!token.is("]")) {
            items.add(bracketItem());
            while (token.is(",")) {
                expect(",", false);
                items.add(bracketItem());
            }
        }
        expect("]", true);
        return new Syntax.Brackets(items, at);
    }

    private Syntax bracketItem() {
        var item = expression(0);
        if (!token.is("..")) {
            return item;
        }
        var at = token.position();
        expect("..", false);
        return new Syntax.Binary("..", item, expression(0), at);
    }

    private List<Syntax.Pair> pairs() {
        var pairs = new ArrayList<Syntax.Pair>();
        if (!token.is("}")) {
            pairs.add(pair());
            while (token.is(",")) {
                expect(",", false);
                pairs.add(pair());
            }
        }
        expect("}", true);
        return pairs;
    }

    private Syntax.Pair pair() {
        var key = expression(0);
        expect(":", false);
        return new Syntax.Pair(key, expression(0));
    }

    private Syntax predicate(Syntax left, int at) {
        if (token.is("]")) {
            expect("]", false);
            return keepArray(left);
        }
        var predicate = expression(0);
        expect("]", true);
        return new Syntax.Predicate(left, predicate, at);
    }

    /** Empty brackets belong to what the predicates before them belong to. */
    private static Syntax keepArray(Syntax left) {
        return switch (left) {
            case Syntax.Predicate(var inner, var predicate, var at) ->
                    new Syntax.Predicate(keepArray(inner), predicate, at);
            case Syntax.KeepArray kept -> kept;
            default -> new Syntax.KeepArray(left);
        };
    }

    private Syntax sort(Syntax left, int at) {
        expect("(", false);
        var terms = new ArrayList<Syntax.Term>();
        while (true) {
            var descending = token.is(">");
            if (descending || token.is("<")) {
                advance(false);
            }
            terms.add(new Syntax.Term(expression(0), descending));
            if (!token.is(",")) {
                break;
            }
            expect(",", false);
        }
        expect(")", false);
        return new Syntax.Sort(left, terms, at);
    }

    private Syntax condition(Syntax left, int at) {
        var then = expression(0);
        if (!token.is(":")) {
            return new Syntax.Condition(left, then, Optional.empty(), at);
        }
        expect(":", false);
        return new Syntax.Condition(left, then, Optional.of(expression(0)), at);
    }

    private Syntax transform(int at) {
        var pattern = expression(0);
        expect("|", false);
        var update = expression(0);
        var delete = Optional.<Syntax>empty();
        if (token.is(",")) {
            expect(",", false);
            delete = Optional.of(expression(0));
        }
        expect("|", false);
        return new Syntax.Transform(pattern, update, delete, at);
    }

    private Syntax call(Syntax procedure, int at) {
        var arguments = new ArrayList<Syntax>();
        var partial = false;
        if (!token.is(")")) {
            while (true) {
                if (token.is("?")) {
                    partial = true;
                    arguments.add(new Syntax.Placeholder(token.position()));
                    expect("?", false);
                } else {
                    arguments.add(expression(0));
                }
                if (!token.is(",")) {
                    break;
                }
                expect(",", false);
            }
        }
        expect(")", true);
        return procedure instanceof Syntax.Name(var name, var _)
                        && (name.equals("function") || name.equals("\u03BB"))
                ? function(arguments, at)
                : new Syntax.Call(procedure, arguments, partial, at);
    }

    private Syntax function(List<Syntax> arguments, int at) {
        var parameters = new ArrayList<String>();
        for (var argument : arguments) {
            if (!(withoutKeepArray(argument) instanceof Syntax.Variable(var name, var _))) {
                var index = parameters.size() + 1;
                throw Tokenizer.failure("S0208", argument.position(), _ -> index);
            }
            parameters.add(name);
        }
        var signature = token.is("<") ? Optional.of(signature()) : Optional.<Signature>empty();
        expect("{", false);
        var body = expression(0);
        expect("}", false);
        return new Syntax.Function(parameters, signature, body, at);
    }

    private static Syntax withoutKeepArray(Syntax syntax) {
        return syntax instanceof Syntax.KeepArray(var left) ? left : syntax;
    }

    private Signature signature() {
        var at = token.position();
        var text = new StringBuilder("<");
        for (var open = 1; open > 0 && !token.is("{") && !token.isEnd(); ) {
            advance(false);
            if (token.is(">")) {
                open--;
            } else if (token.is("<")) {
                open++;
            }
            text.append(token.value() instanceof Value.Text(var value) ? value : token.text());
        }
        expect(">", false);
        try {
            return Signature.parse(text.toString());
        } catch (Signature.Malformed malformed) {
            throw Tokenizer.failure(
                    malformed.code(),
                    at + malformed.offset(),
                    _ -> "A function signature has too many parameters");
        }
    }
}
