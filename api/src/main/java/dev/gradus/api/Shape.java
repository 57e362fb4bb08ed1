package dev.gradus.api;

import java.util.List;
import java.util.function.Function;

/**
 * A structure of the API: its members as data, and how to make the record of them.
 *
 * @param name as in AWS's model
 * @param maker called with valid members only
 */
record Shape<T>(String name, List<Member<?>> members, Function<Members, T> maker) {
    Shape {
        members = List.copyOf(members);
    }

    /** Returns where a member of this name is, or -1 for one that the API does not know. */
    int position(String memberName) {
        for (var i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(memberName)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns where one of this shape's own members is. */
    int position(Member<?> member) {
        var position = position(member.name());
        if (position < 0) {
            throw new IllegalArgumentException(name + " has no member " + member.name());
        }
        return position;
    }

    /** Makes the record; the members must have been validated. */
    T make(Members valid) {
        return maker.apply(valid);
    }
}
