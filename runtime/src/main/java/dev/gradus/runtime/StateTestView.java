package dev.gradus.runtime;

import dev.gradus.engine.StateTestResult;
import dev.gradus.runtime.spi.HttpExchange;
import java.util.Optional;

/**
 * Answer of TestState.
 *
 * @param input the caller's text
 * @param exchange what went over HTTP, if the state's resource shows it
 */
public record StateTestView(
        StateTestResult result, String input, Optional<HttpExchange> exchange) {}
