package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonBoolean;
import dev.gradus.expressions.JsonNull;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * A value while an expression is evaluated: JSON, or what JSON has no word for (nothing, a
 * function, a number that is none). Values from outside are views: no tree is copied.
 */
sealed interface Value
        permits Value.Undefined,
                Value.Null,
                Value.Bool,
                Value.Num,
                Value.Text,
                ArrayValue,
                ObjectValue,
                FunctionValue {
    /** Nothing. */
    Undefined UNDEFINED = Undefined.UNDEFINED;

    /** The absence of a value. */
    enum Undefined implements Value {
        /** The one instance. */
        UNDEFINED
    }

    /** JSON's null, which is a value. */
    enum Null implements Value {
        /** The one instance. */
        NULL
    }

    /** A boolean. */
    enum Bool implements Value {
        FALSE,
        TRUE;

        static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        boolean isTrue() {
            return this == TRUE;
        }
    }

    /**
     * A number.
     *
     * @param written its text in the document, if nothing computed it
     */
    record Num(double number, @Nullable JsonNumber written) implements Value {
        static Num of(double number) {
            return new Num(number, null);
        }
    }

    /** A string. */
    record Text(String text) implements Value {}

    /** Returns a view of a JSON value. */
    static Value of(Json json) {
        return switch (json) {
            case JsonNull _ -> Null.NULL;
            case JsonBoolean bool -> Bool.of(bool.value());
            case JsonNumber number -> new Num(number.doubleValue(), number);
            case JsonString string -> new Text(string.value());
            case JsonArray array -> ArrayValue.viewOf(array);
            case JsonObject object -> ObjectValue.viewOf(object);
        };
    }

    /** Returns the levels of arrays and objects inside each other: 0 for a scalar. */
    static int depthOf(Value value) {
        return switch (value) {
            case ArrayValue array -> array.depth();
            case ObjectValue object -> object.depth();
            case Undefined _, Null _, Bool _, Num _, Text _, FunctionValue _ -> 0;
        };
    }
}
