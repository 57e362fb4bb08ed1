package dev.gradus.runtime.spi;

/** A sink cannot take something now; it will be tried again. The message says where and why. */
public final class DeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int taken;

    /** For a refusal that is likely to pass. */
    public DeliveryException(String message) {
        super(message);
        this.taken = 0;
    }

    /** For a failure on the way. */
    public DeliveryException(String message, Throwable cause) {
        this(message, cause, 0);
    }

    private DeliveryException(String message, Throwable cause, int taken) {
        super(message, cause);
        this.taken = taken;
    }

    /** Returns the same, said of what comes behind the first so many, which were taken. */
    public DeliveryException after(int first) {
        return new DeliveryException(
                String.valueOf(getMessage()), getCause() == null ? this : getCause(), first);
    }

    /** How many of the first need not be sent again. */
    public int taken() {
        return taken;
    }
}
