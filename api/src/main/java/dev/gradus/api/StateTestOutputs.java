package dev.gradus.api;

import dev.gradus.api.StateTestInputs.InspectionLevel;
import dev.gradus.engine.StateTestResult;
import dev.gradus.engine.StateTestResult.Remedy;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.StateTestView;
import dev.gradus.runtime.spi.HttpExchange;

/** Writes the answer of TestState. */
final class StateTestOutputs {
    private StateTestOutputs() {}

    static void tested(StateTestView view, InspectionLevel level, WireWriter out) {
        var result = view.result();
        out.string("output", result.output().map(Payload::text))
                .string("error", result.failure().error())
                .string("cause", result.failure().cause());
        switch (level) {
            case INFO -> {}
            case DEBUG -> out.object("inspectionData", () -> inspection(view, out));
            case TRACE ->
                    out.object(
                            "inspectionData",
                            () -> {
                                inspection(view, out);
                                view.exchange().ifPresent(exchange -> exchange(exchange, out));
                            });
        }
        out.string("nextState", result.nextState()).string("status", result.status().name());
    }

    private static void inspection(StateTestView view, WireWriter out) {
        var inspected = view.result().inspected();
        out.string("input", view.input());
        inspected.stages().forEach((stage, value) -> out.string(stage.text(), value.text()));
        out.string("variables", inspected.variables().map(Payload::text));
        inspected
                .remedy()
                .ifPresent(remedy -> out.object("errorDetails", () -> remedy(remedy, out)));
        map(inspected.map(), out);
    }

    private static void remedy(Remedy remedy, WireWriter out) {
        remedy.catchIndex().ifPresent(index -> out.number("catchIndex", index));
        remedy.retryIndex().ifPresent(index -> out.number("retryIndex", index));
        out.number("retryBackoffIntervalSeconds", remedy.backoffSeconds());
    }

    private static void map(StateTestResult.MapFigures figures, WireWriter out) {
        out.number("toleratedFailureCount", figures.toleratedFailureCount())
                .number("toleratedFailurePercentage", figures.toleratedFailurePercentage())
                .number("maxConcurrency", figures.maxConcurrency());
    }

    private static void exchange(HttpExchange exchange, WireWriter out) {
        var request = exchange.request();
        out.object(
                "request",
                () ->
                        out.string("protocol", request.protocol())
                                .string("method", request.method())
                                .string("url", request.url())
                                .string("headers", request.headers())
                                .string("body", request.body()));
        exchange.response()
                .ifPresent(response ->
                        out.object(
                                "response",
                                () ->
                                        out.string("protocol", response.protocol())
                                                .string("statusCode", response.statusCode())
                                                .string("statusMessage", response.statusMessage())
                                                .string("headers", response.headers())
                                                .string("body", response.body())));
    }
}
