package cn.jincai.policy;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;

/** Puts another version of a scheme's package in force, as two officials would, and the folder's one back afterwards. */
@TestComponent
@Lazy
public class NewForms {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    private final Publication publication;
    private final Packages packages;
    private final CityClock clock;
    private final PackageFolders folders = new PackageFolders(Path.of("."));

    NewForms(Publication publication, Packages packages, CityClock clock) {
        this.publication = publication;
        this.packages = packages;
        this.clock = clock;
    }

    /** @param changes by the file's path in the package */
    public void inForce(String scheme, Map<String, UnaryOperator<String>> changes) {
        SortedMap<String, byte[]> files = folders.files(scheme);
        changes.forEach((file, change) -> files.put(
                file,
                change.apply(new String(files.get(file), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8)));
        Publication.Upload upload = publication.upload(PackageZip.write(files), ADMIN);
        if (!upload.mistakes().isEmpty())
            throw new IllegalArgumentException(upload.mistakes().toString());
        publish(scheme, upload.hash());
    }

    /** The newer form no longer asks for the e-mail, and asks for the field of work instead. */
    public void fieldOfWorkInsteadOfEmail(String scheme) {
        inForce(
                scheme,
                Map.of(
                        "forms/common/parts/person.form",
                                form -> form.replace("\"key\": \"email\"", "\"key\": \"field\"")
                                        .replace("电子邮箱", "专业领域")
                                        .replace("\"validationType\": \"email\"", "\"required\": true")
                                        .replace("\"autocomplete\": \"email\"", "\"autocomplete\": \"off\""),
                        "forms/common/parts/en.yaml",
                                words -> words.replace("email: \"E-mail\"", "field: \"Field of work\"")
                                        .replace("email.description:", "field.description:"),
                        "samples.yaml", samples -> samples.replaceFirst("(?m)^( +)email: .*$", "$1field: 鞋服制造")));
    }

    public void backToTheFolder(String scheme) {
        String folder = PolicyPackage.hash(folders.files(scheme));
        if (!packages.inForce(scheme).hash().equals(folder)) publish(scheme, folder);
    }

    private void publish(String scheme, String hash) {
        List<String> signed =
                Collections.nCopies(publication.warnings(scheme, hash).size(), "测试");
        publication.publish(
                publication
                        .propose(scheme, hash, clock.today(), "测试", signed, ADMIN)
                        .id(),
                APPROVER);
    }
}
