package dev.gradus.runtime.spi;

/**
 * A store could not do what was asked; the message says, to an operator, what and what to do.
 *
 * <p>Nobody may conclude that the asked thing was not done: after an error the outcome is unknown.
 */
public final class SubstrateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Fails for a reason that the store found itself. */
    public SubstrateException(String message) {
        super(message);
    }

    /** Fails because something below the store failed. */
    public SubstrateException(String message, Throwable cause) {
        super(message, cause);
    }
}
