package dev.gradus.api;

import dev.gradus.runtime.Arn;

/**
 * Who calls.
 *
 * @param place the account and region that this call is at home in
 * @param user a name for error texts
 */
record Caller(Arn.Place place, Role role, String user) {

    /** The ARN that AWS's error texts would name. */
    String arn() {
        return "arn:" + place.partition() + ":iam::" + place.account() + ":user/" + user;
    }
}
