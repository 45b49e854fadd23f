-- 送达回证: how, when and to whom a decision was served.
alter table issued_documents drop constraint issued_documents_kind_is_known;
alter table issued_documents add constraint issued_documents_kind_is_known check (kind in ('acceptance-notice', 'supplement-notice', 'not-accepted-notice', 'decision', 'grant-resumed', 'extension-notice', 'correction', 'revocation', 'recheck', 'review-outcome', 'service-certificate'));
alter table document_counts drop constraint document_counts_kind_is_known;
alter table document_counts add constraint document_counts_kind_is_known check (kind in ('acceptance-notice', 'supplement-notice', 'not-accepted-notice', 'decision', 'grant-resumed', 'extension-notice', 'correction', 'revocation', 'recheck', 'review-outcome', 'service-certificate'));
