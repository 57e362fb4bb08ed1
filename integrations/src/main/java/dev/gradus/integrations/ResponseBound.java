package dev.gradus.integrations;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Stops reading an answer that is larger than Lambda may give, before it fills the heap. */
final class ResponseBound implements ExecutionInterceptor {

    /**
     * Bytes of a response payload that Lambda allows: 6 MiB and 100 bytes.
     * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
     */
    static final int BYTES_MAX = 6 * 1024 * 1024 + 100;

    /** The answer was larger than {@link #BYTES_MAX}. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("The answer is larger than " + BYTES_MAX + " bytes");
        }
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody().map(Bounded::new);
    }

    private static final class Bounded extends FilterInputStream {
        private long left = BYTES_MAX;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var got = super.read(buffer, offset, length);
            count(Math.max(0, got));
            return got;
        }

        private void count(int bytes) throws TooLargeException {
            left -= bytes;
            if (left < 0) {
                throw new TooLargeException();
            }
        }
    }
}
