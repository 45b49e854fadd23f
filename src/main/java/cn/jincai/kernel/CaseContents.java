package cn.jincai.kernel;

/**
 * What a room keeps of a case that tells of people. When its time is over each room destroys its own (个人信息保护法 47); the case's number, its way, days and sums stay, as the
 * record and the accounts refer to them and they name nobody.
 */
public interface CaseContents {
    /** In the caller's transaction; a second time changes nothing. */
    void erase(CaseNumber number);
}
