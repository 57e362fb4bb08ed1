package dev.gradus.api;

import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param headers without Content-Length
 * @param body owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each body would cost
public record Answer(int status, Map<String, String> headers, byte[] body) {
    static final String JSON_1_0 = "application/x-amz-json-1.0";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Makes an error in the form of the AWS protocol, for what no operation was reached to say. */
    public static Answer error(int status, String type, String message, String requestId) {
        return error(status, type, message, Map.of(), requestId);
    }

    static Answer error(
            int status,
            String type,
            String message,
            Map<String, String> members,
            String requestId) {
        var out = new WireWriter();
        out.object(() -> {
            out.string("__type", type).string("message", message);
            members.forEach(out::string);
        });
        return json(status, out, requestId);
    }

    static Answer json(int status, WireWriter out, String requestId) {
        return new Answer(
                status,
                Map.of("Content-Type", JSON_1_0, "x-amzn-RequestId", requestId),
                out.toBytes());
    }
}
