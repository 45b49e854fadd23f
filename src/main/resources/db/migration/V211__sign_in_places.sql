-- Browsers and networks from which an account has signed in, as fingerprints: wrong passwords from elsewhere don't keep its holder out there.
create table sign_in_places (
  account         varchar not null references accounts (name),
  place_mark      varchar not null,
  seen_on         date not null,
  primary key (account, place_mark)
);
