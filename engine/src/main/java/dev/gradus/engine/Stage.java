package dev.gradus.engine;

/** The stages of a state's data flow that a test of the state shows, in the order of the API. */
public enum Stage {
    /** Arguments of a JSONata state. */
    ARGUMENTS("afterArguments"),
    INPUT_PATH("afterInputPath"),
    PARAMETERS("afterParameters"),
    /** The raw result of the work. */
    RESULT("result"),
    RESULT_SELECTOR("afterResultSelector"),
    RESULT_PATH("afterResultPath"),
    ITEMS_PATH("afterItemsPath"),
    /** The inputs of all iterations, as one array. */
    ITEM_SELECTOR("afterItemSelector"),
    /** The batches of those, as one array. */
    ITEM_BATCHER("afterItemBatcher"),
    /** What an ItemReader's ItemsPointer points to. */
    ITEMS_POINTER("afterItemsPointer");

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    /** Returns the name of its member in InspectionData. */
    public String text() {
        return text;
    }
}
