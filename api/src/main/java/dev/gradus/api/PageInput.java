package dev.gradus.api;

import dev.gradus.runtime.Page;
import java.util.Optional;

/**
 * The members that choose a page, the same in every list but ListExecutions, whose token may be
 * longer.
 *
 * @param size items at most, from 1
 * @param nextToken ours, from the page before
 */
record PageInput(int size, Optional<String> nextToken) {
    static final Member<Integer> MAX_RESULTS =
            Member.optional("maxResults", new MemberType.Whole(0, 1000));
    static final Member<String> NEXT_TOKEN = Member.optional("nextToken", MemberType.text(1, 1024));
    private static final int DEFAULT_SIZE = 100; // AWS: 0 and absent mean 100

    static PageInput of(Members in) {
        return of(in, NEXT_TOKEN);
    }

    static PageInput of(Members in, Member<String> nextToken) {
        var asked = in.optional(MAX_RESULTS).orElse(0);
        return new PageInput(asked == 0 ? DEFAULT_SIZE : asked, in.optional(nextToken));
    }

    /** Opens the token and asks for the page. */
    Page.Request request(PageTokens tokens, PageTokens.Binding binding) {
        return new Page.Request(size, nextToken.map(token -> tokens.open(binding, token)));
    }
}
