package dev.gradus.language;

import static java.util.Objects.requireNonNull;

import com.jayway.jsonpath.internal.filter.RelationalOperator;
import com.jayway.jsonpath.internal.function.PathFunctionFactory;
import dev.gradus.architecture.Repository;
import dev.gradus.asl.Diagnostic;
import dev.gradus.asl.MachineType;
import dev.gradus.asl.Validator;
import dev.gradus.engine.Limits;
import dev.gradus.expressions.ExpressionLimits;
import dev.gradus.expressions.Intrinsic;
import dev.gradus.expressions.IntrinsicSyntaxException;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Randomness;
import dev.gradus.expressions.jsonata.JsonataExpression;
import dev.gradus.expressions.jsonata.JsonataInput;
import dev.gradus.expressions.jsonata.JsonataLimits;
import dev.gradus.expressions.jsonata.JsonataOutcome;
import dev.gradus.expressions.jsonata.JsonataSyntaxException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words that the code knows. Nobody keeps a list of them for documents: the words that stand in
 * the sources are candidates, and the validator and the compiler of intrinsic functions are asked
 * about each.
 */
final class Words {
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Pattern SIGN = Pattern.compile("[^\\w\\s\"'`$\\\\]{1,2}|and|or|in");
    private static final Pattern CODE =
            Pattern.compile(
                    "(DUPLICATE|INVALID|MISSING|NO|PASS|RESERVED|SCHEMA|UNSUPPORTED)(_[A-Z]+)+");
    private static final String JSONATA =
            "expressions/src/main/java/dev/gradus/expressions/jsonata";
    private static final Pattern ERROR = Pattern.compile("States(\\.[A-Z][A-Za-z]+)+");
    private static final Pattern REFUSED =
            Pattern.compile(
                    "Field '([^']*)' is not supported|but field '([^']*)' is only supported");

    /** The classes that hold what bounds a user. */
    private static final List<Class<?>> LIMITS =
            List.of(Limits.class, ExpressionLimits.class, JsonataLimits.class);

    private static final String STATE = "{'StartAt':'S','States':{'S':{%s}}}";
    private static final String RULE = "choice rule";
    private static final String TASK =
            "'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:f','End':true,";

    /**
     * Objects of a definition beside the states: how a definition holds one, with {@code %s} for
     * more of its fields, and where it stands then.
     */
    private static final Map<String, Place> PLACES =
            Map.of(
                    "state machine",
                    new Place("{'StartAt':'S','States':{'S':{'Type':'Succeed'}}%s}", "/"),
                    "retrier",
                    new Place(
                            STATE.formatted(TASK + "'Retry':[{'ErrorEquals':['E']%s}]"),
                            "/States/S/Retry[0]"),
                    "catcher",
                    new Place(
                            STATE.formatted(TASK + "'Catch':[{'ErrorEquals':['E'],'Next':'S'%s}]"),
                            "/States/S/Catch[0]"),
                    RULE,
                    new Place(
                            STATE.formatted(
                                    "'Type':'Choice','Choices':[{'Next':'S','Variable':'$.v'%s}]"),
                            "/States/S/Choices[0]"),
                    "branch",
                    new Place(
                            STATE.formatted(
                                    "'Type':'Parallel','End':true,'Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}%s}]"),
                            "/States/S/Branches[0]"),
                    "ItemProcessor",
                    new Place(
                            STATE.formatted(
                                    "'Type':'Map','End':true,'ItemProcessor':{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}%s}"),
                            "/States/S/ItemProcessor"),
                    "ProcessorConfig",
                    new Place(
                            STATE.formatted(
                                    "'Type':'Map','End':true,'ItemProcessor':{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}},'ProcessorConfig':{'Mode':'DISTRIBUTED'%s}}"),
                            "/States/S/ItemProcessor/ProcessorConfig"));

    private final Map<String, String> sources;
    private final Set<String> candidates;

    /**
     * An object in a definition.
     *
     * @param location as findings name it
     */
    private record Place(String definition, String location) {
        /** Returns the object without more fields. */
        JsonObject object() {
            var value = Json.parse(definition.formatted("").replace('\'', '"'));
            for (var name : location.split("[/\\[\\]]+", -1)) {
                value =
                        switch (value) {
                            case JsonObject object when !name.isEmpty() ->
                                    object.get(name).orElseThrow();
                            case JsonArray array -> array.get(Integer.parseInt(name));
                            default -> value;
                        };
            }
            return (JsonObject) value;
        }
    }

    private Words(Map<String, String> sources) {
        this.sources = sources;
        this.candidates =
                literals("asl").stream()
                        .flatMap(literal -> Arrays.stream(literal.split(" ", -1)))
                        .filter(WORD.asMatchPredicate())
                        .collect(Collectors.toCollection(TreeSet::new));
        candidates.addAll(choiceOperators());
    }

    /** Reads the sources of all modules. */
    static Words ofThisRepository() throws IOException {
        return new Words(Repository.sources("src/main/java"));
    }

    /** Returns the values that Type may have. */
    Set<String> stateTypes() {
        return listed("{'StartAt':'S','States':{'S':{'Type':'none'}}}", "one of these values");
    }

    /** Returns the data tests of Choice. */
    static Set<String> choiceOperators() {
        return listed(
                STATE.formatted("'Type':'Choice','Choices':[{'Variable':'$.v','Next':'S'}]"),
                "only one of the following fields");
    }

    /** Returns the names of the objects, beside states, that have fields. */
    static Set<String> objects() {
        return PLACES.keySet();
    }

    /** Returns the fields of a type of state in a query language. */
    Set<String> fieldsOfState(String type, String language) {
        var own = "'Type':'" + type + "','QueryLanguage':'" + language + "'";
        var definition = STATE.formatted(own + "%s");
        return fields(new Place(definition, "/States/S"));
    }

    /** Returns the fields of another object in a query language. */
    Set<String> fieldsOf(String object, String language) {
        var place = requireNonNull(PLACES.get(object));
        if (language.equals("JSONPath")) {
            return object.equals(RULE) ? fieldsOfRule(place) : fields(place);
        }
        var definition =
                place.definition
                        .replace("{'StartAt':'S'", "{'QueryLanguage':'JSONata','StartAt':'S'")
                        .replace("'Variable':'$.v'", "'Condition':true");
        return fields(new Place(definition, place.location));
    }

    /** A rule has one of a few fields, so that each of these has to be asked about alone. */
    private Set<String> fieldsOfRule(Place place) {
        var selectors =
                listed(
                        STATE.formatted("'Type':'Choice','Choices':[{'Next':'S'}]"),
                        "only one of the following fields, ");
        var known = fields(place, word -> !selectors.contains(word));
        for (var selector : selectors) {
            var alone = place.definition.replace("'Variable':'$.v'", "'" + selector + "':null");
            var fields = fields(new Place(alone, place.location), _ -> false);
            if (fields.contains(selector)) {
                known.add(selector);
            } else {
                known.remove(selector);
            }
        }
        return known;
    }

    /** Returns the intrinsic functions, such as {@code States.Format}. */
    Set<String> functions() {
        return literals("expressions").stream()
                .filter(WORD.asMatchPredicate())
                .map("States."::concat)
                .filter(Words::isFunction)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the comparisons in filters of paths; three have no form that can be written. */
    static Set<String> pathTests() {
        return Arrays.stream(RelationalOperator.values())
                .map(operator -> operator.toString().toLowerCase(Locale.ROOT))
                .filter(name -> !List.of("exists", "matches", "type").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the functions that may end a path. */
    static Set<String> pathFunctions() {
        return new TreeSet<>(PathFunctionFactory.FUNCTIONS.keySet());
    }

    /** Returns the functions of JSONata expressions, such as {@code $sum}. */
    Set<String> jsonataFunctions() {
        return literals(JSONATA).stream()
                .filter(NAME.asMatchPredicate())
                .map("$"::concat)
                .filter(name -> holds("$type(" + name + ") = 'function'"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the operators of JSONata expressions that stand between two values. */
    Set<String> jsonataOperators() {
        return literals(JSONATA + "/Parser").stream()
                .filter(SIGN.asMatchPredicate())
                .filter(sign -> isExpression("$a " + sign + " $b"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isExpression(String text) {
        try {
            JsonataExpression.compile(text);
            return true;
        } catch (JsonataSyntaxException refused) {
            return false;
        }
    }

    private static boolean holds(String expression) {
        var input = JsonataInput.of(_ -> Optional.empty(), 0, new Randomness(0));
        return JsonataExpression.compile(expression)
                .evaluate(input)
                .equals(new JsonataOutcome.Value(Json.of(true)));
    }

    /** Returns the codes of what the validator finds. */
    Set<String> codes() {
        return literals("asl").stream()
                .filter(CODE.asMatchPredicate())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the predefined names of errors that any module writes down. */
    Set<String> errorNames() {
        return literals("").stream()
                .filter(ERROR.asMatchPredicate())
                .filter(name -> !isFunction(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the numbers that bound what a user may do, by class and constant. */
    static Map<String, String> limits() {
        var limits = new TreeMap<String, String>();
        LIMITS.forEach(type -> addLimits(type, limits));
        return limits;
    }

    private static void addLimits(Class<?> type, Map<String, String> limits) {
        for (var constant : type.getFields()) {
            if (constant.getType().isPrimitive()) {
                try {
                    var name = type.getSimpleName() + "." + constant.getName();
                    limits.put(name, String.valueOf(constant.get(null)));
                } catch (IllegalAccessException hidden) {
                    throw new AssertionError("the limits are public", hidden);
                }
            }
        }
    }

    private Set<String> fields(Place place) {
        return fields(place, _ -> true);
    }

    private Set<String> fields(Place place, Predicate<String> isCandidate) {
        var written = place.object().names();
        var known = new TreeSet<>(written);
        var more = new StringBuilder();
        for (var word : candidates) {
            if (!written.contains(word) && isCandidate.test(word)) {
                known.add(word);
                more.append(",'").append(word).append("':null");
            }
        }
        var findings = validate(place.definition.formatted(more));
        if (findings.size() >= 1_000) {
            throw new AssertionError("the validator stopped counting; ask in two halves");
        }
        for (var finding : findings) {
            var refused = REFUSED.matcher(finding.message());
            if (finding.location().filter(place.location::equals).isPresent() && refused.find()) {
                known.remove(refused.group(1) == null ? refused.group(2) : refused.group(1));
            }
        }
        return known;
    }

    private static Set<String> listed(String definition, String words) {
        for (var finding : validate(definition)) {
            var message = finding.message();
            if (message.contains(words)) {
                var list = message.substring(message.indexOf('[') + 1, message.lastIndexOf(']'));
                return new TreeSet<>(List.of(list.split(", ", -1)));
            }
        }
        throw new AssertionError("the validator lists nothing as " + words);
    }

    private static List<Diagnostic> validate(String definition) {
        return Validator.validate(definition.replace('\'', '"'), MachineType.STANDARD);
    }

    private static boolean isFunction(String name) {
        return List.of("()", "(null)", "(null, null)", "(null, null, null)").stream()
                .anyMatch(arguments -> {
                    try {
                        return Intrinsic.compile(name + arguments).functionName().equals(name);
                    } catch (IntrinsicSyntaxException refused) {
                        return false;
                    }
                });
    }

    private Set<String> literals(String module) {
        var literals = new TreeSet<String>();
        sources.forEach((path, source) -> {
            if (path.startsWith(module)) {
                LITERAL.matcher(source).results().forEach(found -> literals.add(found.group(1)));
            }
        });
        return literals;
    }
}
