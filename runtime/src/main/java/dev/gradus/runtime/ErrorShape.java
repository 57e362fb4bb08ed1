package dev.gradus.runtime;

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
    KmsInvalidStateException(400),
    KmsThrottlingException(400),
    MissingRequiredParameter(400),
    ResourceNotFound(400),
    ServiceQuotaExceededException(400),
    StateMachineAlreadyExists(400),
    StateMachineDeleting(400),
    StateMachineDoesNotExist(400),
    StateMachineLimitExceeded(400),
    StateMachineTypeNotSupported(400),
    TaskDoesNotExist(400),
    TaskTimedOut(400),
    TooManyTags(400),
    ValidationException(400),
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

    ErrorShape(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Makes the exception that carries this shape. */
    public ApiException because(String message) {
        return new ApiException(this, message);
    }
}
