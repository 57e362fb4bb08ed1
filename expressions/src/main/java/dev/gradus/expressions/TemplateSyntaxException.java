package dev.gradus.expressions;

import java.util.List;

/** Says which fields of a payload template are no template; the message is AWS's for the first. */
public final class TemplateSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * One refused field.
     *
     * @param field the member's name as written, such as {@code value.$}
     * @param location where it is in the template: {@code /name} for each object member, {@code
     *     [i]} for each array element, such as {@code /a[0]/value.$}
     * @param message AWS's text
     * @param detail what is wrong with it, for people
     */
    public record Fault(String field, String location, String message, String detail) {}

    private final transient List<Fault> faults;

    TemplateSyntaxException(List<Fault> faults) {
        super(faults.getFirst().message(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** Returns every refused field, in the order of the template; at least one. */
    public List<Fault> faults() {
        return faults;
    }

    /** Returns the first refused field's name as written, such as {@code value.$}. */
    public String field() {
        return faults.getFirst().field();
    }

    /** Returns where the first refused field is in the template, such as {@code /a[0]/value.$}. */
    public String location() {
        return faults.getFirst().location();
    }

    /** Returns AWS's text for the first refused field. */
    public String message() {
        return faults.getFirst().message();
    }
}
