package dev.gradus.asl;

import dev.gradus.expressions.ReferencePath;
import java.util.Optional;

/**
 * What a Map says when each of its iterations is an execution of its own.
 *
 * @param reader where the items are read from, absent when they are in the state's data
 * @param batcher how items are put together, absent when each is on its own
 * @param toleratedCount failed iterations that do not fail the Map
 * @param toleratedPercentage the same as a share of all iterations, 0 to 100
 * @param exportsResults whether a ResultWriter writes the results elsewhere, so that the result of
 *     the state is an object that says where
 */
public record Distribution(
        Optional<ItemReader> reader,
        Optional<ItemBatcher> batcher,
        Optional<Bound> toleratedCount,
        Optional<Bound> toleratedPercentage,
        boolean exportsResults) {

    /**
     * ItemReader.
     *
     * @param arguments what the reading call gets, absent when not written
     * @param inputType what is read: {@code JSON}, {@code JSONL}, {@code CSV}...; absent for
     *     listings
     * @param itemsPointer JSON pointer to the items inside of a JSON file
     */
    public record ItemReader(
            Optional<Template> arguments,
            Optional<String> inputType,
            Optional<String> itemsPointer) {}

    /**
     * ItemBatcher; at least one of the two bounds is there.
     *
     * @param maxItems items in a batch
     * @param maxBytes bytes of a batch as the input of its execution
     * @param batchInput what each batch gets beside its items
     */
    public record ItemBatcher(
            Optional<Bound> maxItems, Optional<Bound> maxBytes, Optional<Template> batchInput) {}

    /** A number: written down, at a path, or evaluated. */
    public sealed interface Bound {
        record Fixed(double value) implements Bound {}

        /**
         * What is found at a path.
         *
         * @param field name of the field that holds the path, which AWS quotes
         */
        record Path(ReferencePath path, String field) implements Bound {}

        record Evaluated(Expression expression) implements Bound {}
    }
}
