package dev.gradus.api;

import dev.gradus.runtime.Arn;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads who calls from the {@code Authorization} header of AWS's signature version 4.
 *
 * <p>The signature is not checked: {@link VerifiedAccess} is for that, and without keys any
 * credentials will do. An access key of 12 digits is the account, a convention of local AWS
 * servers; the region is the credential scope's. A header that is not understood counts as none.
 */
final class SigV4 {
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "Credential=([^/,\\s]{1,128}+)/[0-9]{8}/([a-z0-9-]{1,32})/[a-z0-9-]+/aws4_request");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private SigV4() {}

    /** Returns where the caller is at home, taking from the defaults what it does not say. */
    static Arn.Place place(Optional<String> authorization, Arn.Place defaults) {
        if (authorization.isEmpty()) {
            return defaults;
        }
        var credential = CREDENTIAL.matcher(authorization.get());
        if (!credential.find()) {
            return defaults;
        }
        var account =
                ACCOUNT.matcher(credential.group(1)).matches()
                        ? credential.group(1)
                        : defaults.account();
        var region = credential.group(2);
        var partition = region.equals(defaults.region()) ? defaults.partition() : partition(region);
        return new Arn.Place(partition, region, account);
    }

    /** The partition that a region is in. */
    static String partition(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
