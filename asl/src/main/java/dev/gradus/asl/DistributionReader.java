package dev.gradus.asl;

import dev.gradus.asl.Distribution.Bound;
import dev.gradus.asl.Distribution.ItemBatcher;
import dev.gradus.asl.Distribution.ItemReader;
import java.util.Optional;
import java.util.Set;

/** Reads the fields that only a distributed Map has. */
final class DistributionReader {
    private static final Set<String> READER_FIELDS =
            Set.of("Resource", "ReaderConfig", "Parameters", "Arguments", "Comment");
    private static final Set<String> WRITER_FIELDS =
            Set.of("Resource", "WriterConfig", "Parameters", "Arguments", "Comment");
    private static final Set<String> BATCHER_FIELDS =
            Set.of(
                    "MaxItemsPerBatch",
                    "MaxItemsPerBatchPath",
                    "MaxInputBytesPerBatch",
                    "MaxInputBytesPerBatchPath",
                    "BatchInput",
                    "Comment");
    private static final double PERCENT_MAX = 100;

    private final StateDraft draft;

    private DistributionReader(StateDraft draft) {
        this.draft = draft;
    }

    static Distribution read(StateDraft draft) {
        var reader = new DistributionReader(draft);
        var fields = draft.fields();
        fields.string("Label");
        return new Distribution(
                fields.object("ItemReader").map(reader::itemReader),
                fields.object("ItemBatcher").map(reader::itemBatcher),
                reader.bound(fields, "ToleratedFailureCount", Long.MAX_VALUE),
                reader.bound(fields, "ToleratedFailurePercentage", PERCENT_MAX),
                fields.object("ResultWriter").map(reader::exports).orElse(false));
    }

    private ItemReader itemReader(FieldReader fields) {
        fields.allowOnly(READER_FIELDS);
        fields.require("Resource");
        fields.string("Resource");
        var config = fields.object("ReaderConfig");
        return new ItemReader(
                arguments(fields),
                config.flatMap(it -> it.string("InputType")),
                config.flatMap(it -> it.string("ItemsPointer")));
    }

    private boolean exports(FieldReader fields) {
        fields.allowOnly(WRITER_FIELDS);
        arguments(fields);
        return fields.string("Resource").isPresent();
    }

    private ItemBatcher itemBatcher(FieldReader fields) {
        fields.allowOnly(BATCHER_FIELDS);
        return new ItemBatcher(
                bound(fields, "MaxItemsPerBatch", Long.MAX_VALUE),
                bound(fields, "MaxInputBytesPerBatch", Long.MAX_VALUE),
                template(fields, "BatchInput"));
    }

    private Optional<Template> arguments(FieldReader fields) {
        return switch (draft.language()) {
            case JSON_PATH -> template(fields, "Parameters");
            case JSONATA -> template(fields, "Arguments");
        };
    }

    private Optional<Template> template(FieldReader fields, String field) {
        return switch (draft.language()) {
            case JSON_PATH -> ExpressionReader.template(fields, field).map(Template.OfPaths::new);
            case JSONATA ->
                    JsonataReader.before(draft)
                            .template(fields, field)
                            .map(Template.OfExpressions::new);
        };
    }

    private Optional<Bound> bound(FieldReader fields, String field, double max) {
        var expressions = JsonataReader.before(draft);
        if (expressions.isExpression(fields, field)) {
            return expressions.expression(fields, field).map(Bound.Evaluated::new);
        }
        var path = field + "Path";
        fields.allowOneOf(field, path);
        var fixed = fields.number(field, 0, max);
        if (fixed.isPresent()) {
            return Optional.of(new Bound.Fixed(fixed.getAsDouble()));
        }
        return ExpressionReader.referencePath(fields, path).map(it -> new Bound.Path(it, path));
    }
}
