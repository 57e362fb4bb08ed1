package dev.gradus.asl;

/** The two expression languages of the Amazon States Language; a state uses exactly one. */
public enum QueryLanguage {
    JSON_PATH("JSONPath"),
    JSONATA("JSONata");

    private final String text;

    QueryLanguage(String text) {
        this.text = text;
    }

    /** Returns the word that definitions use. */
    public String text() {
        return text;
    }

    /** Returns the language of that word, which must be one of the two. */
    static QueryLanguage of(String text) {
        return JSONATA.text.equals(text) ? JSONATA : JSON_PATH;
    }
}
