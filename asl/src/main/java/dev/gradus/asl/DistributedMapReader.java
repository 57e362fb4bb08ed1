package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the fields that only a distributed Map has.
 *
 * <p>The texts of findings: measured by others with ValidateStateMachineDefinition in 2026, but for
 * those marked as ours.
 */
final class DistributedMapReader {
    private static final int LABEL_CHARS_MAX = 40;
    private static final long BATCH_BYTES_MAX = 262_144;
    private static final double PERCENT_MAX = 100;

    /** What may stand in no label: AWS's guide names them. */
    private static final Pattern NOT_IN_LABEL =
            Pattern.compile("[\\s\\p{Cc}?*<>{}\\[\\]:;,\\\\|^~$#%&\"`]");

    private static final Pattern READERS =
            Pattern.compile("arn:[^:]*:states:::s3:(getObject|listObjectsV2)");
    private static final Pattern WRITERS = Pattern.compile("arn:[^:]*:states:::s3:putObject");

    private static final String INPUT_TYPE = "InputType";
    private static final String HEADER_LOCATION = "CSVHeaderLocation";
    private static final String HEADERS = "CSVHeaders";
    private static final String MANIFEST_TYPE = "ManifestType";
    private static final String TRANSFORMATION = "Transformation";

    private final StateDraft draft;
    private final FieldReader fields;
    private final JsonataReader expressions;

    private DistributedMapReader(StateDraft draft) {
        this.draft = draft;
        this.fields = draft.fields();
        this.expressions = JsonataReader.before(draft);
    }

    static void check(StateDraft draft) {
        var reader = new DistributedMapReader(draft);
        reader.itemReader();
        reader.itemBatcher();
        reader.resultWriter();
        reader.tolerance();
        reader.label();
    }

    private void itemReader() {
        var reader = fields.object("ItemReader");
        reader.ifPresent(it -> {
            allowWithLanguage(it, "Resource", "ReaderConfig", "Comment");
            it.require("Resource");
            resource(it, READERS, "s3:getObject", "s3:listObjectsV2");
            arguments(it);
            it.object("ReaderConfig").ifPresent(this::readerConfig);
        });
    }

    private void readerConfig(FieldReader config) {
        allowWithPaths(
                config,
                List.of("MaxItems"),
                INPUT_TYPE,
                TRANSFORMATION,
                MANIFEST_TYPE,
                HEADER_LOCATION,
                HEADERS,
                "CSVDelimiter",
                "ItemsPointer",
                "Comment");
        oneOf(config, INPUT_TYPE, "MANIFEST", "JSON", "CSV", "JSONL", "PARQUET");
        oneOf(config, TRANSFORMATION, "NONE", "LOAD_AND_FLATTEN");
        oneOf(config, MANIFEST_TYPE, "S3_INVENTORY", "ATHENA_DATA");
        oneOf(config, HEADER_LOCATION, "FIRST_ROW", "GIVEN");
        oneOf(config, "CSVDelimiter", "COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB");
        count(config, "MaxItems", Long.MAX_VALUE);
        var pointer = config.string("ItemsPointer");
        pointer.filter(text -> !text.isEmpty() && !text.startsWith("/"))
                .ifPresent(text ->
                        refuse(
                                config.at("ItemsPointer"),
                                "Invalid input: JSON Pointer expression must start with '/': \""
                                        + text
                                        + "\""));
        config.strings(HEADERS);
        inputType(config);
    }

    /** Checks what one input type needs, and what it has no use for. */
    private void inputType(FieldReader config) {
        if (is(config, TRANSFORMATION, "LOAD_AND_FLATTEN") && !config.has(INPUT_TYPE)) {
            required(config, INPUT_TYPE);
        }
        if (is(config, INPUT_TYPE, "CSV") && !config.has(HEADER_LOCATION)) {
            required(config, HEADER_LOCATION);
        }
        if (is(config, HEADER_LOCATION, "GIVEN")) {
            config.require(HEADERS);
        }
        if (is(config, INPUT_TYPE, "JSON") || is(config, INPUT_TYPE, "JSONL")) {
            for (var field : List.of(HEADER_LOCATION, HEADERS, MANIFEST_TYPE)) {
                if (config.has(field)) {
                    config.unsupported(field, Set.of());
                }
            }
        }
    }

    private void itemBatcher() {
        fields.object("ItemBatcher")
                .ifPresent(it -> {
                    var limits = List.of("MaxItemsPerBatch", "MaxInputBytesPerBatch");
                    allowWithPaths(it, limits, "BatchInput", "Comment");
                    count(it, "MaxItemsPerBatch", Long.MAX_VALUE);
                    count(it, "MaxInputBytesPerBatch", BATCH_BYTES_MAX);
                    template(it, "BatchInput");
                });
    }

    private void resultWriter() {
        fields.object("ResultWriter")
                .ifPresent(it -> {
                    allowWithLanguage(it, "Resource", "WriterConfig", "Comment");
                    resource(it, WRITERS, "s3:putObject");
                    arguments(it);
                    it.object("WriterConfig").ifPresent(this::writerConfig);
                });
    }

    private void writerConfig(FieldReader config) {
        config.allowOnly(Set.of("OutputType", TRANSFORMATION, "Comment"));
        oneOf(config, "OutputType", "JSON", "JSONL");
        oneOf(config, TRANSFORMATION, "NONE", "COMPACT", "FLATTEN");
    }

    private void tolerance() {
        count(fields, "ToleratedFailureCount", Long.MAX_VALUE);
        var percentage = "ToleratedFailurePercentage";
        if (expressions.isExpression(fields, percentage)) {
            expressions.expression(fields, percentage);
            return;
        }
        fields.allowOneOf(percentage, percentage + "Path");
        if (fields.value(percentage).filter(value -> !(value instanceof JsonNumber)).isPresent()) {
            refuse(fields.at(percentage), FieldReader.expected("Integer")); // Not "Number" (AWS).
        } else {
            fields.number(percentage, 0, PERCENT_MAX);
        }
        ExpressionReader.referencePath(fields, percentage + "Path");
    }

    /** The text about other characters is ours, in the style of the one about the length. */
    private void label() {
        fields.string("Label")
                .ifPresent(label -> {
                    var at = fields.at("Label");
                    if (label.codePointCount(0, label.length()) > LABEL_CHARS_MAX) {
                        invalidLabel(
                                label,
                                "exceeds the "
                                        + LABEL_CHARS_MAX
                                        + "-character limit allowed by the service");
                    } else if (label.isEmpty() || NOT_IN_LABEL.matcher(label).find()) {
                        invalidLabel(label, "is empty or has a character that is not allowed");
                    }
                    if (!draft.reading().addLabel(label)) {
                        draft.findings()
                                .note("DUPLICATE_LABEL_NAME", "Duplicate Label name: " + label, at);
                    }
                });
    }

    private void invalidLabel(String label, String why) {
        draft.findings()
                .note(
                        "INVALID_LABEL_NAME",
                        "Invalid Label name: Label '" + label + "' " + why,
                        fields.at("Label"));
    }

    /** Reads a number of something: as it stands, by a path, or by an expression. */
    private void count(FieldReader from, String field, long max) {
        if (expressions.isExpression(from, field)) {
            expressions.expression(from, field);
            return;
        }
        from.allowOneOf(field, field + "Path");
        from.integer(field, 0, max);
        ExpressionReader.referencePath(from, field + "Path");
    }

    private void resource(FieldReader from, Pattern known, String... examples) {
        from.string("Resource")
                .filter(text -> !known.matcher(text).matches())
                .ifPresent(text ->
                        refuse(
                                from.at("Resource"),
                                "The field 'Resource' does not match any of the allowed values."
                                        + " Examples: "
                                        + Arrays.stream(examples)
                                                .map("arn:<partition>:states:::"::concat)
                                                .toList()));
    }

    private void arguments(FieldReader from) {
        switch (draft.language()) {
            case JSON_PATH -> template(from, "Parameters");
            case JSONATA -> template(from, "Arguments");
        }
    }

    private void template(FieldReader from, String field) {
        switch (draft.language()) {
            case JSON_PATH -> ExpressionReader.template(from, field);
            case JSONATA -> expressions.template(from, field);
        }
    }

    private void oneOf(FieldReader from, String field, String... words) {
        from.string(field)
                .filter(text -> !Arrays.asList(words).contains(text))
                .ifPresent(text ->
                        draft.findings()
                                .refuse(
                                        from.at(field),
                                        "The field '"
                                                + field
                                                + "' should have one of these values: "
                                                + Arrays.asList(words),
                                        Hint.nearest(text, Arrays.asList(words))));
    }

    /** Notes fields that an object does not have; which arguments it has is up to the language. */
    private void allowWithLanguage(FieldReader from, String... known) {
        var all = new ArrayList<>(Arrays.asList(known));
        all.add(
                switch (draft.language()) {
                    case JSON_PATH -> "Parameters";
                    case JSONATA -> "Arguments";
                });
        from.allowOnly(new HashSet<>(all));
    }

    /** Notes fields that an object does not have; numbers may be given by paths in JSONPath. */
    private void allowWithPaths(FieldReader from, List<String> numbers, String... known) {
        var all = new HashSet<>(Arrays.asList(known));
        all.addAll(numbers);
        if (draft.language() == QueryLanguage.JSON_PATH) {
            numbers.forEach(field -> all.add(field + "Path"));
        }
        from.allowOnly(all);
    }

    private static boolean is(FieldReader from, String field, String word) {
        return from.value(field).filter(Json.of(word)::equals).isPresent();
    }

    private void required(FieldReader from, String field) {
        refuse(from.at(), "The field '" + field + "' is required");
    }

    private void refuse(Location at, String message) {
        draft.findings().refuse(at, message);
    }
}
