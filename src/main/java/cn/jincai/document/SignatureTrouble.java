package cn.jincai.document;

import cn.jincai.kernel.Text;

/** What is wrong with the signature of documents, or will be. */
public record SignatureTrouble(Kind kind, Text text) {
    public enum Kind {
        /** Documents are made without a signature. */
        UNSIGNED,
        /** The certificate ends soon. */
        EXPIRING,
        /** The last one that was signed has no stamp of the time-stamping service. */
        UNSTAMPED
    }
}
