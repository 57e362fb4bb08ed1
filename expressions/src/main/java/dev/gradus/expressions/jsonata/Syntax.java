package dev.gradus.expressions.jsonata;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An expression as it was written: what the parser reads, before paths and parents are resolved.
 */
sealed interface Syntax {
    /** Where it was written, in characters from 0; for an operator, where the operator stands. */
    int position();

    /** A string, a number, a boolean or null. */
    record Literal(Value value, int position) implements Syntax {}

    /** A field name. */
    record Name(String name, int position) implements Syntax {}

    /** A variable, without its dollar. */
    record Variable(String name, int position) implements Syntax {}

    /** A regular expression. */
    record Regex(RegexProgram program, int position) implements Syntax {}

    /** {@code *}. */
    record Wildcard(int position) implements Syntax {}

    /** {@code **}. */
    record Descendants(int position) implements Syntax {}

    /** {@code %}. */
    record Parent(int position) implements Syntax {}

    /** {@code ?} among the arguments of a call. */
    record Placeholder(int position) implements Syntax {}

    /** The end of the text where a value was expected. */
    record End(int position) implements Syntax {}

    /** An operator between two values, or the dot of a path. */
    record Binary(String operator, Syntax left, Syntax right, int position) implements Syntax {}

    /** A minus before a value. */
    record Negation(Syntax value, int position) implements Syntax {}

    /** {@code [a, b]}. */
    record Brackets(List<Syntax> items, int position) implements Syntax {}

    /** <code>{k: v}</code>. */
    record Braces(List<Pair> pairs, int position) implements Syntax {}

    /** One {@code key: value}. */
    record Pair(Syntax key, Syntax value) {}

    /** <code>left{k: v}</code>. */
    record Group(Syntax left, List<Pair> pairs, int position) implements Syntax {}

    /** {@code left[predicate]}. */
    record Predicate(Syntax left, Syntax predicate, int position) implements Syntax {}

    /** {@code left[]}. */
    record KeepArray(Syntax left) implements Syntax {
        @Override
        public int position() {
            return left.position();
        }
    }

    /** {@code left^(terms)}. */
    record Sort(Syntax left, List<Term> terms, int position) implements Syntax {}

    /** One term to order by. */
    record Term(Syntax value, boolean descending) {}

    /** {@code left@$name}. */
    record Focus(Syntax left, String name, int position) implements Syntax {}

    /** {@code left#$name}. */
    record Index(Syntax left, String name, int position) implements Syntax {}

    /** {@code $name := value}. */
    record Bind(String name, Syntax value, int position) implements Syntax {}

    /** {@code left ~> right}. */
    record Apply(Syntax left, Syntax right, int position) implements Syntax {}

    /** {@code condition ? then : otherwise}. */
    record Condition(Syntax condition, Syntax then, Optional<Syntax> otherwise, int position)
            implements Syntax {}

    /** {@code (a; b)}. */
    record Block(List<Syntax> expressions, int position) implements Syntax {}

    /** {@code procedure(arguments)}; partial if a placeholder is among them. */
    record Call(Syntax procedure, List<Syntax> arguments, boolean isPartial, int position)
            implements Syntax {}

    /** <code>function($a, $b)&lt;signature&gt;{body}</code>. */
    record Function(
            List<String> parameters, Optional<Signature> signature, Syntax body, int position)
            implements Syntax {}

    /** {@code |pattern|update, delete|}. */
    record Transform(Syntax pattern, Syntax update, Optional<Syntax> delete, int position)
            implements Syntax {}

    /** Returns what stands directly inside a node. */
    static List<Syntax> children(Syntax node) {
        return switch (node) {
            case Literal _, Name _, Variable _, Regex _, Wildcard _, Descendants _ -> List.of();
            case Parent _, Placeholder _, End _ -> List.of();
            case Binary(var _, var left, var right, var _) -> List.of(left, right);
            case Negation(var value, var _) -> List.of(value);
            case Brackets(var items, var _) -> items;
            case Braces(var pairs, var _) -> pairs(pairs);
            case Group(var left, var pairs, var _) -> with(left, pairs(pairs));
            case Predicate(var left, var predicate, var _) -> List.of(left, predicate);
            case KeepArray(var left) -> List.of(left);
            case Sort(var left, var terms, var _) ->
                    with(left, terms.stream().map(Term::value).toList());
            case Focus(var left, var _, var _) -> List.of(left);
            case Index(var left, var _, var _) -> List.of(left);
            case Bind(var _, var value, var _) -> List.of(value);
            case Apply(var left, var right, var _) -> List.of(left, right);
            case Condition(var condition, var then, var otherwise, var _) ->
                    with(condition, with(then, otherwise.stream().toList()));
            case Block(var expressions, var _) -> expressions;
            case Call(var procedure, var arguments, var _, var _) -> with(procedure, arguments);
            case Function(var _, var _, var body, var _) -> List.of(body);
            case Transform(var pattern, var update, var delete, var _) ->
                    with(pattern, with(update, delete.stream().toList()));
        };
    }

    private static List<Syntax> pairs(List<Pair> pairs) {
        return pairs.stream().flatMap(pair -> Stream.of(pair.key(), pair.value())).toList();
    }

    private static List<Syntax> with(Syntax first, List<Syntax> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }
}
