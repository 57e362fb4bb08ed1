package dev.gradus.server;

import dev.gradus.api.Answer;
import java.util.Optional;
import java.util.UUID;

/**
 * What the head of a request alone decides.
 *
 * @param answer what to say, whatever the body; empty when the body is a call of the API
 */
record HeadAnswer(Optional<Answer> answer) {
    static final HeadAnswer API_CALL = new HeadAnswer(Optional.empty());

    static HeadAnswer saying(Answer answer) {
        return new HeadAnswer(Optional.of(answer));
    }

    static HeadAnswer refusing(int status, String type, String message) {
        return saying(refusal(status, type, message));
    }

    /** An error in the form of the AWS protocol. */
    static Answer refusal(int status, String type, String message) {
        return Answer.error(status, type, message, UUID.randomUUID().toString());
    }
}
