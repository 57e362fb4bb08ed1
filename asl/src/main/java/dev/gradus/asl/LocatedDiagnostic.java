package dev.gradus.asl;

import java.util.Optional;

/**
 * A diagnostic with what people want to know beyond AWS's answer; never on AWS's wire.
 *
 * @param line the line of the definition that is meant, from 1; 0 where the parser does not say
 * @param column the column in that line, from 1; 0 where the parser does not say
 * @param didYouMean the nearest valid name, where a name is wrong
 */
public record LocatedDiagnostic(
        Diagnostic diagnostic, int line, int column, Optional<String> didYouMean) {}
