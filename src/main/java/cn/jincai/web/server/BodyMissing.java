package cn.jincai.web.server;

import java.io.IOException;

/** The rest of a body did not come: it was too slow, or the other side hung up. */
public final class BodyMissing extends IOException {
    BodyMissing() {
        super("the body did not come in full");
    }
}
