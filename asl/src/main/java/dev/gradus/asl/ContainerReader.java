package dev.gradus.asl;

import dev.gradus.asl.State.MapState;
import dev.gradus.asl.State.ParallelState;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the two types of state that hold others: Parallel and Map. */
final class ContainerReader {
    private static final String BRANCHES = "Branches";
    private static final String ITEMS = "Items";
    private static final String MAX_CONCURRENCY = "MaxConcurrency";
    private static final String PROCESSOR_CONFIG = "ProcessorConfig";
    private static final String EXECUTION_TYPE = "ExecutionType";
    private static final Json DISTRIBUTED = Json.of("DISTRIBUTED");
    private static final Set<String> BRANCH_FIELDS = Set.of("StartAt", "States", "Comment");
    private static final Set<String> PROCESSOR_FIELDS =
            Set.of("StartAt", "States", "Comment", PROCESSOR_CONFIG);
    private static final Set<String> CONFIG_FIELDS = Set.of("Mode", EXECUTION_TYPE, "Comment");

    private final BlockReader blockReader;

    ContainerReader(BlockReader blockReader) {
        this.blockReader = blockReader;
    }

    State parallel(StateDraft draft) {
        var fields = draft.fields();
        fields.require(BRANCHES);
        var flow = DataFlowReader.read(draft);
        var branches = branches(draft);
        return new ParallelState(
                draft.name(),
                flow,
                branches,
                ErrorHandlingReader.read(draft),
                TransitionReader.read(draft));
    }

    private List<Block> branches(StateDraft draft) {
        var fields = draft.fields();
        var branches = new ArrayList<Block>();
        for (var branch : fields.objects(BRANCHES, fields.filledArray(BRANCHES))) {
            branch.allowOnly(BRANCH_FIELDS);
            branch.comment();
            branches.add(blockReader.read(branch, Optional.of(draft.scope())));
        }
        return List.copyOf(branches);
    }

    State map(StateDraft draft) {
        var fields = draft.fields();
        var block = itemProcessor(draft);
        fields.allowOneOf("Parameters", "ItemSelector");
        var selector = ExpressionReader.template(draft, "ItemSelector");
        var legacySelector = ExpressionReader.template(draft, "Parameters");
        var flow =
                switch (draft.language()) {
                    case JSON_PATH -> DataFlowReader.readWithoutParameters(draft);
                    case JSONATA -> DataFlowReader.readJsonata(draft);
                };
        return new MapState(
                draft.name(),
                flow,
                items(draft),
                selector.or(() -> legacySelector),
                maxConcurrency(draft),
                block,
                distribution(draft),
                ErrorHandlingReader.read(draft),
                TransitionReader.read(draft));
    }

    private Block itemProcessor(StateDraft draft) {
        var fields = draft.fields();
        fields.requireOneOf("ItemProcessor", "Iterator");
        var name = fields.has("ItemProcessor") ? "ItemProcessor" : "Iterator";
        var processor = fields.object(name);
        if (processor.isEmpty()) {
            return new Block("", Map.of());
        }
        processor.get().allowOnly(PROCESSOR_FIELDS);
        processor.get().comment();
        checkMode(draft, processor.get().object(PROCESSOR_CONFIG));
        return blockReader.read(processor.get(), Optional.of(draft.scope()));
    }

    private static Optional<Distribution> distribution(StateDraft draft) {
        boolean distributed =
                draft.fields().value("ItemProcessor").orElse(Json.NULL) instanceof JsonObject block
                        && block.get(PROCESSOR_CONFIG).orElse(Json.NULL)
                                instanceof JsonObject config
                        && config.get("Mode").equals(Optional.of(DISTRIBUTED));
        // Elsewhere such a Map is refused as a whole.
        // One with findings is refused too: nothing of it needs to be read.
        return distributed && draft.reading().isOfOneState() && draft.findings().all().isEmpty()
                ? Optional.of(DistributionReader.read(draft))
                : Optional.empty();
    }

    private void checkMode(StateDraft draft, Optional<FieldReader> config) {
        config.ifPresent(it -> it.allowOnly(CONFIG_FIELDS));
        config.ifPresent(FieldReader::comment);
        var mode = config.flatMap(it -> it.word("Mode", "INLINE", "DISTRIBUTED"));
        if (config.isPresent() && mode.equals(Optional.of("DISTRIBUTED"))) {
            checkDistributed(draft, config.get());
            return;
        }
        if (config.isPresent() && config.get().has(EXECUTION_TYPE)) {
            config.get().allowOnly(Set.of("Mode", "Comment"));
        }
        for (var field : NotYet.DISTRIBUTED_FIELDS) {
            if (draft.fields().has(field)) {
                draft.fields().unsupported(field, Set.of());
            }
        }
    }

    private static void checkDistributed(StateDraft draft, FieldReader config) {
        config.require(EXECUTION_TYPE);
        config.word(EXECUTION_TYPE, "STANDARD", "EXPRESS");
        if (draft.reading().type() == MachineType.EXPRESS) {
            draft.findings()
                    .refuse(
                            config.at("Mode"),
                            "The field 'Mode' with value 'DISTRIBUTED' is not supported inside"
                                    + " 'EXPRESS' state machines");
        }
        DistributedMapReader.check(draft);
        NotYet.distributed(draft, config.at("Mode"));
    }

    private static ItemSource items(StateDraft draft) {
        var fields = draft.fields();
        var expressions = JsonataReader.before(draft);
        if (fields.has(ITEMS) && !expressions.isExpression(fields, ITEMS)) {
            fields.array(ITEMS);
        }
        return expressions
                .template(fields, ITEMS)
                .<ItemSource>map(ItemSource.Items::new)
                .or(() ->
                        ExpressionReader.referencePath(fields, "ItemsPath")
                                .map(ItemSource.Path::new))
                .orElseGet(ItemSource.Input::new);
    }

    private static ConcurrencyLimit maxConcurrency(StateDraft draft) {
        var fields = draft.fields();
        var expressions = JsonataReader.before(draft);
        if (expressions.isExpression(fields, MAX_CONCURRENCY)) {
            return expressions
                    .expression(fields, MAX_CONCURRENCY)
                    .<ConcurrencyLimit>map(ConcurrencyLimit.Evaluated::new)
                    .orElseGet(() -> new ConcurrencyLimit.Fixed(0));
        }
        fields.allowOneOf(MAX_CONCURRENCY, "MaxConcurrencyPath");
        var iterations = fields.integer(MAX_CONCURRENCY, 0, Integer.MAX_VALUE).orElse(0);
        return ExpressionReader.referencePath(fields, "MaxConcurrencyPath")
                .<ConcurrencyLimit>map(ConcurrencyLimit.Path::new)
                .orElseGet(() -> new ConcurrencyLimit.Fixed((int) iterations));
    }
}
