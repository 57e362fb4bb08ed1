package dev.gradus.runtime;

import java.util.Set;

/** Every error of the AWS API by its shape name, with the HTTP status that it travels with. */
public enum ErrorShape {
    ActivityAlreadyExists(400),
    ActivityDoesNotExist(400),
    ActivityLimitExceeded(400),
    ActivityWorkerLimitExceeded(400),
    ConflictException(400),
    ExecutionAlreadyExists(400),
    ExecutionDoesNotExist(400),
    ExecutionLimitExceeded(400),
    ExecutionNotRedrivable(400),
    InvalidArn(400),
    InvalidDefinition(400),
    InvalidEncryptionConfiguration(400),
    InvalidExecutionInput(400),
    InvalidLoggingConfiguration(400),
    InvalidName(400),
    InvalidOutput(400),
    InvalidToken(400),
    InvalidTracingConfiguration(400),
    KmsAccessDeniedException(400),
    KmsInvalidStateException(400, "kmsKeyState"),
    KmsThrottlingException(400),
    MissingRequiredParameter(400),
    ResourceNotFound(400, "resourceName"),
    ServiceQuotaExceededException(400),
    StateMachineAlreadyExists(400),
    StateMachineDeleting(400),
    StateMachineDoesNotExist(400),
    StateMachineLimitExceeded(400),
    StateMachineTypeNotSupported(400),
    TaskDoesNotExist(400),
    TaskTimedOut(400),
    TooManyTags(400, "resourceName"),
    ValidationException(400, "reason"),
    /** The body is no JSON object, or a member has the wrong JSON type. */
    SerializationException(400),
    /** No such operation, or one that this release does not have. */
    UnknownOperationException(400),
    ThrottlingException(400),
    AccessDeniedException(400),
    /** Not signed at all. */
    MissingAuthenticationTokenException(400),
    /** Signed in a way that lacks something or cannot be read. */
    IncompleteSignatureException(400),
    /** No such key, or not with that session token. */
    UnrecognizedClientException(400),
    /** Signed, but not so: wrong secret, date or scope. */
    InvalidSignatureException(400),
    /** The key counts no more. */
    ExpiredTokenException(400),
    /** Our own bug; logged with what reproduces it. */
    InternalServerError(500),
    /** The outcome of the call is unknown: its batch was lost, or the server is going down. */
    ServiceUnavailable(503);

    private final int httpStatus;
    private final String member; // beside the message; empty: none

    ErrorShape(int httpStatus) {
        this(httpStatus, "");
    }

    ErrorShape(int httpStatus, String member) {
        this.httpStatus = httpStatus;
        this.member = member;
    }

    /** Returns the members that AWS's model gives this shape beside {@code message}. */
    public Set<String> members() {
        return member.isEmpty() ? Set.of() : Set.of(member);
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Makes the exception that carries this shape. */
    public ApiException because(String message) {
        return new ApiException(this, message);
    }
}
