package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.Comparator;

/**
 * A text that is equal for values that are the same ({@link Json#sameValue}): members sorted by
 * name, numbers without trailing zeros. Strings as hash keys stay fast whatever a caller sends.
 */
final class CanonicalText {
    private CanonicalText() {}

    static String of(Json value) {
        return switch (value) {
            case JsonNull _, JsonBoolean _, JsonString _ -> value.text();
            case JsonNumber number -> number(number);
            case JsonArray array -> {
                var out = new StringBuilder("[");
                array.elements().forEach(element -> out.append(of(element)).append(','));
                yield out.append(']').toString();
            }
            case JsonObject object -> {
                var members = new ArrayList<>(object.members());
                members.sort(Comparator.comparing(JsonObject.Member::name));
                var out = new StringBuilder("{");
                for (var member : members) {
                    JsonWriter.appendQuoted(member.name(), out);
                    out.append(':').append(of(member.value())).append(',');
                }
                yield out.append('}').toString();
            }
        };
    }

    private static String number(JsonNumber number) {
        if (number.isPlainInteger() && number.text().length() <= 18) {
            return Long.toString(Long.parseLong(number.text()));
        }
        var decimal = number.decimal();
        if (decimal.isEmpty()) {
            return Double.toString(number.doubleValue());
        }
        var stripped = decimal.get().stripTrailingZeros();
        return stripped.signum() == 0 || (stripped.scale() <= 0 && stripped.scale() > -18)
                ? stripped.toPlainString()
                : stripped.unscaledValue() + "e" + -(long) stripped.scale();
    }
}
