package dev.gradus.api;

/**
 * One member of a request as AWS's model declares it.
 *
 * @param name on the wire
 * @param required whether leaving it out is a violation
 */
record Member<T>(String name, MemberType<T> type, boolean required) {

    static <T> Member<T> required(String name, MemberType<T> type) {
        return new Member<>(name, type, true);
    }

    static <T> Member<T> optional(String name, MemberType<T> type) {
        return new Member<>(name, type, false);
    }
}
