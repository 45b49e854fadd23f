package cn.jincai.assessment.hand;

final class Employer {
    enum Kind {
        PRIVATE_ENTERPRISE,
        STATE_ENTERPRISE,
        PRIVATE_NON_ENTERPRISE,
        PUBLIC_INSTITUTION,
        GOVERNMENT,
        SELF_EMPLOYED
    }

    enum Region {
        JINJIANG,
        QUANZHOU,
        OTHER
    }

    private Employer() {}
}
