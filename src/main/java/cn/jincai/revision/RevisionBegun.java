package cn.jincai.revision;

import cn.jincai.kernel.CaseNumber;

/**
 * A matter after the decision has been begun.
 *
 * @param packageHash of the package whose diagram it goes by
 * @param diagram     its path within the package
 */
public record RevisionBegun(CaseNumber number, String packageHash, String diagram) {}
