package cn.jincai.web.security.factors;

import cn.jincai.applicant.Passkeys;
import cn.jincai.applicant.Passkeys.Passkey;
import cn.jincai.kernel.Problem;
import cn.jincai.web.security.PasskeyPlace;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJackson2Module;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;

/**
 * The two ceremonies of WebAuthn by Spring Security: a passkey is made, a passkey signs. Both ask that the authenticator knows its holder (by finger, face or PIN), so
 * that each passkey is two factors. No component: it is made when somebody asks for a passkey, and the start loads nothing of it.
 */
class PasskeyCeremonies {
    private final Passkeys passkeys;
    private final Webauthn4JRelyingPartyOperations operations;
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new WebauthnJackson2Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    PasskeyCeremonies(Passkeys passkeys, PasskeyPlace place) {
        this.passkeys = passkeys;
        operations = new Webauthn4JRelyingPartyOperations(
                new Holders(),
                new Credentials(),
                PublicKeyCredentialRpEntity.builder()
                        .id(place.host())
                        .name("晋才")
                        .build(),
                Set.of(place.address()));
        operations.setCustomizeCreationOptions(
                options -> options.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .build()));
        operations.setCustomizeRequestOptions(
                options -> options.userVerification(UserVerificationRequirement.REQUIRED));
    }

    /** A question to a browser, with a challenge that serves once. */
    record Asked(Object options, String json) {}

    Asked make(Authentication holder) {
        return asked(operations.createPublicKeyCredentialCreationOptions(
                new ImmutablePublicKeyCredentialCreationOptionsRequest(holder)));
    }

    /** @param holder whose passkeys may answer; anybody's where nobody is signed in */
    Asked use(@Nullable Authentication holder) {
        return asked(operations.createCredentialRequestOptions(
                new ImmutablePublicKeyCredentialRequestOptionsRequest(holder)));
    }

    private Asked asked(Object options) {
        try {
            return new Asked(options, json.writeValueAsString(options));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the passkey that was made, which is yet to be kept @throws Problem INVALID */
    Passkey made(Asked asked, String answer, String account, String label) {
        try {
            var credential = json.readValue(
                    answer, new TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>>() {});
            var made = operations.registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                    (PublicKeyCredentialCreationOptions) asked.options(),
                    new RelyingPartyPublicKey(credential, label)));
            return new Passkey(
                    made.getCredentialId().toBase64UrlString(),
                    account,
                    label,
                    made.getAttestationObject().toBase64UrlString(),
                    made.getTransports().stream()
                            .map(AuthenticatorTransport::getValue)
                            .toList(),
                    made.getSignatureCount(),
                    made.getCreated(),
                    null);
        } catch (JsonProcessingException | RuntimeException notMade) {
            throw wrong();
        }
    }

    /** @return the passkey that has signed @throws Problem INVALID, for a passkey that may be a copy too, which is put on record */
    Passkey used(Asked asked, String answer) {
        Passkey passkey = null;
        try {
            var credential =
                    json.readValue(answer, new TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>>() {});
            passkey = passkeys.find(credential.getRawId().toBase64UrlString()).orElseThrow(PasskeyCeremonies::wrong);
            operations.authenticate(new RelyingPartyAuthenticationRequest(
                    (PublicKeyCredentialRequestOptions) asked.options(), credential));
            return passkey;
        } catch (MaliciousCounterValueException back) {
            if (passkey != null) passkeys.copied(passkey);
            throw Problem.invalid("passkey", "applicant.PASSKEY_COPIED");
        } catch (JsonProcessingException
                | RuntimeException notUsed) { // whatever a stranger has sent: the libraries throw of all kinds
            throw wrong();
        }
    }

    private static Problem wrong() {
        return Problem.invalid("passkey", "applicant.PASSKEY_WRONG");
    }

    private class Holders implements PublicKeyCredentialUserEntityRepository {
        @Override
        public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
            return passkeys.holder(id.getBytes()).map(this::findByUsername).orElse(null);
        }

        @Override
        public PublicKeyCredentialUserEntity findByUsername(String account) {
            return ImmutablePublicKeyCredentialUserEntity.builder()
                    .id(new Bytes(passkeys.userHandle(account)))
                    .name(account)
                    .displayName(account)
                    .build();
        }

        @Override
        public void save(PublicKeyCredentialUserEntity holder) {
            throw new UnsupportedOperationException("every account has its handle");
        }

        @Override
        public void delete(Bytes id) {
            throw new UnsupportedOperationException("every account has its handle");
        }
    }

    private class Credentials implements UserCredentialRepository {
        @Override
        public @Nullable CredentialRecord findByCredentialId(Bytes id) {
            return passkeys.find(id.toBase64UrlString()).map(this::kept).orElse(null);
        }

        @Override
        public List<CredentialRecord> findByUserId(Bytes id) {
            return passkeys.holder(id.getBytes()).stream()
                    .flatMap(account -> passkeys.of(account).stream())
                    .map(this::kept)
                    .toList();
        }

        /** Whoever makes one keeps it himself, with the codes on paper that belong to it. */
        @Override
        public void save(CredentialRecord signed) {
            String id = signed.getCredentialId().toBase64UrlString();
            if (passkeys.find(id).isPresent()) passkeys.used(id, signed.getSignatureCount());
        }

        @Override
        public void delete(Bytes id) {
            throw new UnsupportedOperationException("its holder removes it, by his account");
        }

        private CredentialRecord kept(Passkey passkey) {
            Instant lastUsed = passkey.lastUsed();
            return ImmutableCredentialRecord.builder()
                    .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                    .credentialId(Bytes.fromBase64(passkey.id()))
                    .userEntityUserId(new Bytes(passkeys.userHandle(passkey.account())))
                    .publicKey(new ImmutablePublicKeyCose(new byte[0])) // read from the attestation
                    .signatureCount(passkey.signCount())
                    .uvInitialized(true)
                    .transports(passkey.transports().stream()
                            .map(AuthenticatorTransport::valueOf)
                            .collect(Collectors.toSet()))
                    .attestationObject(Bytes.fromBase64(passkey.attestation()))
                    .created(passkey.since())
                    .lastUsed(lastUsed == null ? passkey.since() : lastUsed)
                    .label(passkey.label())
                    .build();
        }
    }
}
