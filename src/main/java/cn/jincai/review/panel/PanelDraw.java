package cn.jincai.review.panel;

import java.time.Instant;

/**
 * A draw of experts.
 *
 * @param round     1, or 2 after a round without a majority
 * @param seed      hash of the record's last entry before the draw
 * @param seedEntry that entry's number, 0 before the first
 * @param seats     how many were wanted
 * @param poolHash  SHA-256 of {@link PanelDraws#pool}, as a file
 */
public record PanelDraw(
        long panelId, int round, String seed, long seedEntry, int seats, String poolHash, Instant drawnAt) {}
