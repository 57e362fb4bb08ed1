package dev.gradus.api;

import dev.gradus.runtime.ErrorShape;

/** The rule for names of state machines, executions and activities. */
final class Names {
    private static final String REFUSED = "<>{}[]?*\"#%\\^|~$&,;:/`";

    private Names() {}

    /** Returns the name if AWS takes it; throws InvalidName otherwise. */
    static String valid(String name) {
        for (var i = 0; i < name.length(); i++) {
            if (isRefused(name.charAt(i))) {
                throw ErrorShape.InvalidName.because("Invalid Name: '" + name + "'");
            }
        }
        return name;
    }

    private static boolean isRefused(char c) {
        return REFUSED.indexOf(c) >= 0
                || Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isSurrogate(c)
                || c >= '\uFFFE';
    }
}
