package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Body;
import java.util.HashMap;
import java.util.Map;

/** The built-in functions by their names, with what arguments each takes. */
final class Library {
    private final Map<String, NativeFunction> functions = new HashMap<>();

    private static final Map<String, NativeFunction> ALL = all();

    private Library() {}

    /** Returns a function, or undefined. */
    static Value find(String name) {
        var found = ALL.get(name);
        return found == null ? Value.UNDEFINED : found;
    }

    /** Tells whether there is a function of a name. */
    static boolean has(String name) {
        return ALL.containsKey(name);
    }

    private static Map<String, NativeFunction> all() {
        var library = new Library();
        library.strings();
        library.patterns();
        library.numbers();
        library.arrays();
        library.objects();
        library.functions();
        library.dates();
        library.additions();
        return Map.copyOf(library.functions);
    }

    /**
     * Adds a function.
     *
     * @param arity how many arguments a function that takes it calls it with
     */
    private void add(String name, String signature, int arity, Body body) {
        add(name, signature, arity, arity, body);
    }

    private void add(String name, String signature, int arity, int parameters, Body body) {
        functions.put(
                name,
                new NativeFunction(name, Signature.parse(signature), arity, parameters, body));
    }

    private void strings() {
        add("string", "<x-b?:s>", 1, 2, StringFunctions::string);
        add("substring", "<s-nn?:s>", 3, StringFunctions::substring);
        add("substringBefore", "<s-s:s>", 2, StringFunctions::substringBefore);
        add("substringAfter", "<s-s:s>", 2, StringFunctions::substringAfter);
        add("lowercase", "<s-:s>", 1, StringFunctions::lowercase);
        add("uppercase", "<s-:s>", 1, StringFunctions::uppercase);
        add("length", "<s-:n>", 1, StringFunctions::length);
        add("trim", "<s-:s>", 1, StringFunctions::trim);
        add("pad", "<s-ns?:s>", 3, StringFunctions::pad);
        add("join", "<a<s>s?:s>", 2, StringFunctions::join);
        add("base64encode", "<s-:s>", 1, EncodingFunctions::base64encode);
        add("base64decode", "<s-:s>", 1, EncodingFunctions::base64decode);
        add("encodeUrlComponent", "<s-:s>", 1, EncodingFunctions::encodeUrlComponent);
        add("encodeUrl", "<s-:s>", 1, EncodingFunctions::encodeUrl);
        add("decodeUrlComponent", "<s-:s>", 1, EncodingFunctions::decodeUrlComponent);
        add("decodeUrl", "<s-:s>", 1, EncodingFunctions::decodeUrl);
    }

    private void patterns() {
        add("match", "<s-f<s:o>n?:a<o>>", 3, PatternFunctions::match);
        add("contains", "<s-(sf):b>", 2, PatternFunctions::contains);
        add("replace", "<s-(sf)(sf)n?:s>", 4, PatternFunctions::replace);
        add("split", "<s-(sf)n?:a<s>>", 3, PatternFunctions::split);
    }

    private void numbers() {
        add("number", "<(nsb)-:n>", 1, NumberFunctions::number);
        add("floor", "<n-:n>", 1, NumberFunctions::floor);
        add("ceil", "<n-:n>", 1, NumberFunctions::ceil);
        add("round", "<n-n?:n>", 2, NumberFunctions::round);
        add("abs", "<n-:n>", 1, NumberFunctions::abs);
        add("sqrt", "<n-:n>", 1, NumberFunctions::sqrt);
        add("power", "<n-n:n>", 2, NumberFunctions::power);
        add("formatNumber", "<n-so?:s>", 3, NumberPicture::formatNumber);
        add("formatBase", "<n-n?:s>", 2, NumberFunctions::formatBase);
        add("formatInteger", "<n-s:s>", 2, IntegerPicture::formatInteger);
        add("parseInteger", "<s-s:n>", 2, IntegerPicture::parseInteger);
        add("sum", "<a<n>:n>", 1, NumberFunctions::sum);
        add("max", "<a<n>:n>", 1, NumberFunctions::max);
        add("min", "<a<n>:n>", 1, NumberFunctions::min);
        add("average", "<a<n>:n>", 1, NumberFunctions::average);
        add("boolean", "<x-:b>", 1, ObjectFunctions::truth);
        add("not", "<x-:b>", 1, ObjectFunctions::not);
    }

    private void arrays() {
        add("count", "<a:n>", 1, ArrayFunctions::count);
        add("append", "<xx:a>", 2, ArrayFunctions::append);
        add("reverse", "<a:a>", 1, ArrayFunctions::reverse);
        add("shuffle", "<a:a>", 1, ArrayFunctions::shuffle);
        add("distinct", "<x:x>", 1, ArrayFunctions::distinct);
        add("zip", "<a+>", 0, ArrayFunctions::zip);
        add("sort", "<af?:a>", 2, ArrayFunctions::sort);
    }

    private void objects() {
        add("keys", "<x-:a<s>>", 1, ObjectFunctions::keys);
        add("lookup", "<x-s:x>", 2, ObjectFunctions::lookup);
        add("exists", "<x:b>", 1, ObjectFunctions::exists);
        add("spread", "<x-:a<o>>", 1, ObjectFunctions::spread);
        add("merge", "<a<o>:o>", 1, ObjectFunctions::merge);
        add("error", "<s?:x>", 1, ObjectFunctions::error);
        add("assert", "<bs?:x>", 2, ObjectFunctions::check);
        add("type", "<x:s>", 1, ObjectFunctions::type);
        add("clone", "<(oa)-:o>", 1, ObjectFunctions::clone);
    }

    private void functions() {
        add("map", "<af>", 2, HigherOrderFunctions::map);
        add("filter", "<af>", 2, HigherOrderFunctions::filter);
        add("single", "<af?>", 2, HigherOrderFunctions::single);
        add("reduce", "<afj?:j>", 3, HigherOrderFunctions::reduce);
        add("sift", "<o-f?:o>", 2, HigherOrderFunctions::sift);
        add("each", "<o-f:a>", 2, HigherOrderFunctions::each);
    }

    private void dates() {
        add("now", "<s?s?:s>", 2, DateFunctions::now);
        add("millis", "<:n>", 0, DateFunctions::millis);
        add("toMillis", "<s-s?:n>", 2, DateFunctions::toMillis);
        add("fromMillis", "<n-s?s?:s>", 3, DateFunctions::fromMillis);
    }

    /** What Step Functions has beyond JSONata, and $random, which takes a seed there. */
    private void additions() {
        add("random", "<n?:n>", 1, StatesFunctions::random);
        add("uuid", "<:s>", 0, StatesFunctions::uuid);
        add("partition", "<an:a<a>>", 2, StatesFunctions::partition);
        add("range", "<nnn:a<n>>", 3, StatesFunctions::range);
        add("hash", "<xs:s>", 2, StatesFunctions::hash);
        add("parse", "<s-:x>", 1, StatesFunctions::parse);
    }
}
