package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonPlaces;
import dev.gradus.expressions.JsonSyntaxException;
import java.util.List;
import java.util.Optional;

/** Finds the lines and the nearest names of findings. */
final class Explanations {
    private Explanations() {}

    static List<LocatedDiagnostic> of(String definition, List<Findings.Found> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        try {
            Json.parseStrict(definition);
            var places = JsonPlaces.of(definition);
            return found.stream().map(one -> of(one, places)).toList();
        } catch (JsonSyntaxException notJson) {
            int line = Math.max(0, notJson.line());
            int column = Math.max(0, notJson.column());
            return found.stream().map(one -> of(one, line, column)).toList();
        }
    }

    private static LocatedDiagnostic of(Findings.Found one, JsonPlaces places) {
        var at = one.hint().place().or(one::place).map(it -> it.in(places)).orElse(places);
        return new LocatedDiagnostic(
                one.diagnostic(), at.line(), at.column(), one.hint().didYouMean());
    }

    private static LocatedDiagnostic of(Findings.Found one, int line, int column) {
        return new LocatedDiagnostic(one.diagnostic(), line, column, Optional.empty());
    }
}
