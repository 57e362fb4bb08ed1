package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.api.StateMachineInputs.Tag;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** The operations on tags. */
final class TagOperations {
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{N}\\s\\p{Z}_.:/=+\\-@]*");
    private static final String RESERVED = "aws:";

    private final Service service;

    TagOperations(Service service) {
        this.service = service;
    }

    List<Operation<?>> table() {
        return List.of(
                new Operation<>("TagResource", VersionInputs.TagResource.SHAPE, this::tag),
                new Operation<>("UntagResource", VersionInputs.UntagResource.SHAPE, this::untag),
                new Operation<>(
                        "ListTagsForResource",
                        VersionInputs.ListTagsForResource.SHAPE,
                        this::list));
    }

    /**
     * Returns tags by key, in their order; of one key twice the last counts, and a tag without
     * value has an empty one.
     *
     * <p>The refusals are in our words: no recording has them.
     */
    static Map<String, String> valid(List<Tag> given) {
        var tags = new LinkedHashMap<String, String>();
        for (var i = 0; i < given.size(); i++) {
            var path = "tags." + (i + 1) + ".member.key";
            var key =
                    given.get(i)
                            .key()
                            .orElseThrow(() ->
                                    ErrorShape.ValidationException.because(
                                            "1 validation error detected: Value null at '"
                                                    + path
                                                    + "' failed to satisfy constraint: Member must"
                                                    + " not be null"));
            var value = given.get(i).value().orElse("");
            check(key, value);
            tags.put(key, value);
        }
        return tags;
    }

    private static void check(String key, String value) {
        if (key.startsWith(RESERVED)) {
            throw ErrorShape.ValidationException.because(
                    "Tag keys that start with 'aws:' are reserved: '" + key + "'");
        }
        for (var text : List.of(key, value)) {
            if (!CHARACTERS.matcher(text).matches()) {
                throw ErrorShape.ValidationException.because(
                        "Tags may only contain Unicode letters, digits, white space, or these"
                                + " symbols: _ . : / = + - @. Received: '"
                                + text
                                + "'");
            }
        }
    }

    private static Arn.Taggable own(String text, Call call) {
        var arn = ArnParser.taggable(text);
        if (!call.owns(arn)) {
            throw Refusals.noResource(arn);
        }
        return arn;
    }

    private CompletionStage<Reply> tag(VersionInputs.TagResource in, Call call) {
        return service.tag(own(in.resourceArn(), call), valid(in.tags()))
                .thenApply(_ -> Reply.EMPTY);
    }

    private CompletionStage<Reply> untag(VersionInputs.UntagResource in, Call call) {
        return service.untag(own(in.resourceArn(), call), in.tagKeys()).thenApply(_ -> Reply.EMPTY);
    }

    private CompletionStage<Reply> list(VersionInputs.ListTagsForResource in, Call call) {
        return service.tags(own(in.resourceArn(), call))
                .thenApply(tags ->
                        out ->
                                out.array(
                                        "tags",
                                        tags.entrySet(),
                                        tag ->
                                                out.object(() ->
                                                        out.string("key", tag.getKey())
                                                                .string("value", tag.getValue()))));
    }
}
