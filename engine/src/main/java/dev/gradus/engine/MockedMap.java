package dev.gradus.engine;

import dev.gradus.asl.Distribution;
import dev.gradus.asl.Distribution.Bound;
import dev.gradus.asl.ErrorName;
import dev.gradus.asl.State.MapState;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A Map in a test of one state: everything that it evaluates itself, and a mock in place of its
 * iterations.
 */
final class MockedMap {
    private static final Failure EXCEEDED =
            Failure.of(
                    "States.ExceedToleratedFailureThreshold",
                    "The specified tolerated failure threshold was exceeded");
    private static final double PERCENT = 100;

    private final Inspection inspection;
    private final MapState state;
    private final View view;

    MockedMap(Inspection inspection, MapState state, View view) {
        this.inspection = inspection;
        this.state = state;
        this.view = view;
    }

    /** Returns what the Map does with that effective input. */
    Move move(Payload input) {
        Optional<List<Json>> items;
        try {
            items = items(input);
        } catch (MapItems.Unreadable unreadable) {
            return new Move.Lose(unreadable.failure(), ErrorName.Origin.OTHER);
        }
        var limits = state.distribution();
        var figures =
                new StateTestResult.MapFigures(
                        OptionalLong.of(Forks.concurrencyLimit(state, view, input)),
                        count(limits.flatMap(Distribution::toleratedCount), input),
                        percentage(limits.flatMap(Distribution::toleratedPercentage), input));
        inspection.figures(figures);
        items.ifPresent(all -> iterations(all, input));
        int failed = inspection.past().failedIterations();
        if (items.isPresent() && failed > items.get().size()) {
            inspection.refuse(
                    "Map iteration failure count must be less than or equal to the number of Map"
                            + " iterations");
        }
        var mocked = inspection.mockedChildren();
        return mocked instanceof Move.Leave && exceeds(failed, items, figures)
                ? new Move.Lose(EXCEEDED, ErrorName.Origin.OTHER)
                : mocked;
    }

    /** Returns the items, if they are known: a mock takes the place of a reader too. */
    private Optional<List<Json>> items(Payload input) {
        var reader = state.distribution().flatMap(Distribution::reader);
        if (reader.isPresent()) {
            var _ = view.template(reader.get().arguments(), input);
            return MapItems.read(reader.get(), inspection);
        }
        var items = Forks.items(state, view, input);
        inspection.reached(Stage.ITEMS_PATH, items);
        return items.json() instanceof JsonArray array
                ? Optional.of(array.elements())
                : Optional.empty();
    }

    /** AWS: without a tolerance the number of failures changes nothing (recorded). */
    private static boolean exceeds(
            int failed, Optional<List<Json>> items, StateTestResult.MapFigures figures) {
        var count = figures.toleratedFailureCount();
        var percentage = figures.toleratedFailurePercentage();
        int total = items.map(List::size).orElse(0);
        return (count.isPresent() && failed > count.getAsLong())
                || (percentage.isPresent()
                        && total > 0
                        && failed * PERCENT / total > percentage.getAsDouble());
    }

    // What the iterations would get

    private void iterations(List<Json> items, Payload input) {
        var inputs = items;
        if (state.itemSelector().isPresent()) {
            inputs = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                var item = new ContextObject.Item(i, items.get(i));
                inputs.add(Forks.iterationInput(state, view, input, item).json());
            }
            inspection.reached(Stage.ITEM_SELECTOR, Payload.of(JsonArray.of(inputs)));
        }
        var batcher = state.distribution().flatMap(Distribution::batcher);
        if (batcher.isPresent()) {
            var batches = batches(batcher.get(), inputs, input);
            inspection.reached(Stage.ITEM_BATCHER, Payload.of(JsonArray.of(batches)));
        }
    }

    private List<Json> batches(Distribution.ItemBatcher batcher, List<Json> items, Payload input) {
        long maxItems = count(batcher.maxItems(), input).orElse(Long.MAX_VALUE);
        long maxBytes =
                Math.min(
                        count(batcher.maxBytes(), input).orElse(Limits.PAYLOAD_BYTES),
                        Limits.PAYLOAD_BYTES);
        var batchInput =
                batcher.batchInput()
                        .map(template -> view.template(Optional.of(template), input).json());
        var batches = new ArrayList<Json>();
        var open = new ArrayList<Json>();
        for (var item : items) {
            open.add(item);
            boolean fits =
                    open.size() <= maxItems
                            && Payload.of(batch(batchInput, open)).fits((int) maxBytes);
            if (!fits && open.size() > 1) {
                open.removeLast();
                batches.add(batch(batchInput, open));
                open.clear();
                open.add(item);
            }
        }
        if (!open.isEmpty()) {
            batches.add(batch(batchInput, open));
        }
        return batches;
    }

    private static Json batch(Optional<Json> batchInput, List<Json> items) {
        return JsonObject.builder()
                .putIfPresent("BatchInput", batchInput)
                .put("Items", JsonArray.of(items))
                .build();
    }

    // Numbers

    private OptionalLong count(Optional<Bound> bound, Payload input) {
        return bound.map(it ->
                        OptionalLong.of(
                                switch (it) {
                                    case Bound.Fixed(var value) -> (long) value;
                                    case Bound.Evaluated(var expression) ->
                                            view.expressions().whole(expression, 0);
                                    case Bound.Path(var path, var field) ->
                                            whole(view.require(path, input), field, path.source());
                                }))
                .orElseGet(OptionalLong::empty);
    }

    /** AWS takes a string that holds a number too (recorded). */
    private static long whole(Json value, String field, String path) {
        var shown = shown(value);
        try {
            long whole = Integer.parseInt(shown);
            if (whole < 0) {
                throw failure(
                        field.substring(0, field.length() - "Path".length())
                                + " cannot be negative.");
            }
            return whole;
        } catch (NumberFormatException noInteger) {
            throw failure(
                    "The "
                            + field
                            + " field refers to value \""
                            + shown
                            + "\" which is not a valid integer: "
                            + path);
        }
    }

    private OptionalDouble percentage(Optional<Bound> bound, Payload input) {
        return bound.map(it ->
                        OptionalDouble.of(
                                switch (it) {
                                    case Bound.Fixed(var value) -> value;
                                    case Bound.Evaluated(var expression) ->
                                            view.expressions().number(expression, 0, PERCENT);
                                    case Bound.Path(var path, var field) ->
                                            percentage(
                                                    view.require(path, input),
                                                    field,
                                                    path.source());
                                }))
                .orElseGet(OptionalDouble::empty);
    }

    private static double percentage(Json value, String field, String path) {
        var shown = shown(value);
        boolean mayBe = value instanceof JsonNumber || value instanceof JsonString;
        try {
            double percentage = mayBe ? Double.parseDouble(shown) : Double.NaN;
            if (Double.isNaN(percentage)) {
                throw notFloat(shown, field, path);
            }
            if (percentage < 0 || percentage > PERCENT) {
                throw failure("ToleratedFailurePercentage must be between 0 and 100.");
            }
            return percentage;
        } catch (NumberFormatException noFloat) {
            throw notFloat(shown, field, path);
        }
    }

    private static ExpressionFailure notFloat(String shown, String field, String path) {
        return failure(
                "The "
                        + field
                        + " field refers to value \""
                        + shown
                        + "\" which is not a valid float: "
                        + path);
    }

    private static String shown(Json value) {
        return value instanceof JsonString(var text) ? text : value.text();
    }

    private static ExpressionFailure failure(String cause) {
        return new ExpressionFailure(ExpressionFailure.RUNTIME, cause);
    }
}
