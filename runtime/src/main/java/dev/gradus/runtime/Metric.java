package dev.gradus.runtime;

import java.util.Locale;

/**
 * What is counted and measured of executions and of what they call, by AWS's names.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html">AWS
 *     Step Functions metrics</a>
 */
public enum Metric {
    EXECUTIONS_STARTED(Unit.COUNT, Of.STATE_MACHINE),
    EXECUTIONS_SUCCEEDED(Unit.COUNT, Of.STATE_MACHINE),
    EXECUTIONS_FAILED(Unit.COUNT, Of.STATE_MACHINE),
    EXECUTIONS_ABORTED(Unit.COUNT, Of.STATE_MACHINE),
    EXECUTIONS_TIMED_OUT(Unit.COUNT, Of.STATE_MACHINE),
    EXECUTION_TIME(Unit.MILLISECONDS, Of.STATE_MACHINE),
    EXECUTIONS_REDRIVEN(Unit.COUNT, Of.STATE_MACHINE),
    REDRIVEN_EXECUTIONS_SUCCEEDED(Unit.COUNT, Of.STATE_MACHINE),
    REDRIVEN_EXECUTIONS_FAILED(Unit.COUNT, Of.STATE_MACHINE),
    REDRIVEN_EXECUTIONS_ABORTED(Unit.COUNT, Of.STATE_MACHINE),
    REDRIVEN_EXECUTIONS_TIMED_OUT(Unit.COUNT, Of.STATE_MACHINE),
    EXPRESS_EXECUTION_BILLED_DURATION(Unit.MILLISECONDS, Of.STATE_MACHINE),
    EXPRESS_EXECUTION_BILLED_MEMORY(Unit.MEGABYTES, Of.STATE_MACHINE),
    EXPRESS_EXECUTION_MEMORY(Unit.BYTES, Of.STATE_MACHINE),
    ACTIVITIES_SCHEDULED(Unit.COUNT, Of.ACTIVITY),
    ACTIVITIES_STARTED(Unit.COUNT, Of.ACTIVITY),
    ACTIVITIES_SUCCEEDED(Unit.COUNT, Of.ACTIVITY),
    ACTIVITIES_FAILED(Unit.COUNT, Of.ACTIVITY),
    ACTIVITIES_TIMED_OUT(Unit.COUNT, Of.ACTIVITY),
    ACTIVITIES_HEARTBEAT_TIMED_OUT(Unit.COUNT, Of.ACTIVITY),
    ACTIVITY_TIME(Unit.MILLISECONDS, Of.ACTIVITY),
    ACTIVITY_RUN_TIME(Unit.MILLISECONDS, Of.ACTIVITY),
    ACTIVITY_SCHEDULE_TIME(Unit.MILLISECONDS, Of.ACTIVITY),
    LAMBDA_FUNCTIONS_SCHEDULED(Unit.COUNT, Of.LAMBDA_FUNCTION),
    LAMBDA_FUNCTIONS_STARTED(Unit.COUNT, Of.LAMBDA_FUNCTION),
    LAMBDA_FUNCTIONS_SUCCEEDED(Unit.COUNT, Of.LAMBDA_FUNCTION),
    LAMBDA_FUNCTIONS_FAILED(Unit.COUNT, Of.LAMBDA_FUNCTION),
    LAMBDA_FUNCTIONS_TIMED_OUT(Unit.COUNT, Of.LAMBDA_FUNCTION),
    LAMBDA_FUNCTION_TIME(Unit.MILLISECONDS, Of.LAMBDA_FUNCTION),
    LAMBDA_FUNCTION_RUN_TIME(Unit.MILLISECONDS, Of.LAMBDA_FUNCTION),
    LAMBDA_FUNCTION_SCHEDULE_TIME(Unit.MILLISECONDS, Of.LAMBDA_FUNCTION),
    SERVICE_INTEGRATIONS_SCHEDULED(Unit.COUNT, Of.SERVICE_INTEGRATION),
    SERVICE_INTEGRATIONS_STARTED(Unit.COUNT, Of.SERVICE_INTEGRATION),
    SERVICE_INTEGRATIONS_SUCCEEDED(Unit.COUNT, Of.SERVICE_INTEGRATION),
    SERVICE_INTEGRATIONS_FAILED(Unit.COUNT, Of.SERVICE_INTEGRATION),
    SERVICE_INTEGRATIONS_TIMED_OUT(Unit.COUNT, Of.SERVICE_INTEGRATION),
    SERVICE_INTEGRATION_TIME(Unit.MILLISECONDS, Of.SERVICE_INTEGRATION),
    SERVICE_INTEGRATION_RUN_TIME(Unit.MILLISECONDS, Of.SERVICE_INTEGRATION),
    SERVICE_INTEGRATION_SCHEDULE_TIME(Unit.MILLISECONDS, Of.SERVICE_INTEGRATION),
    THROTTLED_EVENTS(Unit.COUNT, Of.API);

    /** The unit of a metric's values. */
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        MEGABYTES("Megabytes"),
        BYTES("Bytes");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        /** Returns CloudWatch's word for it. */
        public String text() {
            return text;
        }
    }

    /** What a metric tells of. */
    public enum Of {
        STATE_MACHINE("StateMachineArn"),
        ACTIVITY("ActivityArn"),
        LAMBDA_FUNCTION("LambdaFunctionArn"),
        SERVICE_INTEGRATION("ServiceIntegrationResourceArn"),
        API("APIName");

        private final String dimension;

        Of(String dimension) {
            this.dimension = dimension;
        }

        /** Returns AWS's dimension that names it. */
        public String dimension() {
            return dimension;
        }
    }

    private final Unit unit;
    private final Of of;
    private final String text = camelCase(name());

    Metric(Unit unit, Of of) {
        this.unit = unit;
        this.of = of;
    }

    public Unit unit() {
        return unit;
    }

    public Of of() {
        return of;
    }

    /** Returns AWS's name, for example {@code ExecutionsStarted}. */
    public String text() {
        return text;
    }

    private static String camelCase(String constant) {
        var text = new StringBuilder();
        for (var word : constant.split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
