package dev.gradus.expressions.jsonata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function as a value. */
sealed interface FunctionValue extends Value
        permits NativeFunction,
                FunctionValue.Lambda,
                FunctionValue.Thunk,
                FunctionValue.Closure,
                FunctionValue.PartialNative,
                FunctionValue.Transformer,
                FunctionValue.Pattern,
                FunctionValue.NextMatch {
    /** How many arguments a function that calls this one may pass. */
    int arity();

    /**
     * A function written in the expression, with what surrounds it.
     *
     * @param input the context item where it was written, which is that of its body
     */
    record Lambda(
            List<String> parameters,
            @Nullable Signature signature,
            Expression body,
            Value input,
            Frame frame)
            implements FunctionValue {
        @Override
        public int arity() {
            return parameters.size();
        }
    }

    /** A call in tail position that is still to be made, by whoever called the function. */
    record Thunk(CallNode call, Value input, Frame frame) implements FunctionValue {
        @Override
        public int arity() {
            return 0;
        }
    }

    /** A function that was passed as an argument: it has no context item any more. */
    record Closure(FunctionValue target) implements FunctionValue {
        static Closure of(FunctionValue function) {
            return function instanceof Closure closure ? closure : new Closure(function);
        }

        @Override
        public int arity() {
            return target.arity();
        }
    }

    /** A built-in function some of whose arguments are given; nothing checks the others. */
    record PartialNative(NativeFunction target, List<Argument> arguments) implements FunctionValue {
        /** An argument that is given, or a place for one. */
        record Argument(boolean isGiven, Value value) {}

        @Override
        public int arity() {
            return (int) arguments.stream().filter(argument -> !argument.isGiven()).count();
        }
    }

    /** A transform expression: copies its argument and changes the copy. */
    record Transformer(TransformNode node, Frame frame) implements FunctionValue {
        @Override
        public int arity() {
            return 1;
        }
    }

    /** A regular expression, which is a function from a string to its first match. */
    record Pattern(RegexProgram program) implements FunctionValue {
        @Override
        public int arity() {
            return 2;
        }
    }

    /** The function that a match has: it finds the match that follows. */
    record NextMatch(RegexProgram program, String text, int from) implements FunctionValue {
        @Override
        public int arity() {
            return 0;
        }
    }
}
