package dev.gradus.runtime.spi;

/**
 * That the status of a Standard execution changed: EventBridge's "Step Functions Execution Status
 * Change".
 *
 * @param id a UUID, the same whenever this event is sent
 * @param atMillis when it happened, in milliseconds since the epoch
 * @param detail JSON text of the detail member, unset members as null
 */
public record StatusEvent(
        String id,
        String account,
        String region,
        String executionArn,
        long atMillis,
        String detail) {
    /** AWS's name of the event's kind. */
    public static final String DETAIL_TYPE = "Step Functions Execution Status Change";

    /** AWS's name of where it comes from. */
    public static final String SOURCE = "aws.states";
}
