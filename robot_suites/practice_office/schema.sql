-- The practice office keeps three things: what customers wrote, what they had ordered, and what the office did.
-- Money is kept in cents, so that no sum is ever rounded.

CREATE TABLE enquiries (
    number   TEXT PRIMARY KEY,
    customer TEXT NOT NULL,
    email    TEXT NOT NULL,
    subject  TEXT NOT NULL,
    channel  TEXT NOT NULL,
    received TEXT NOT NULL,
    text     TEXT NOT NULL,
    status   TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'replied', 'refunded', 'escalated')),
    closed   INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
);

CREATE TABLE orders (
    order_no    TEXT PRIMARY KEY CHECK (order_no GLOB 'GF-[0-9][0-9][0-9][0-9][0-9]'),
    customer    TEXT NOT NULL,
    email       TEXT NOT NULL,
    item        TEXT NOT NULL,
    total_cents INTEGER NOT NULL CHECK (total_cents > 0),
    currency    TEXT NOT NULL CHECK (currency IN ('EUR', 'USD', 'CNY')),
    ordered     TEXT NOT NULL,
    delivered   TEXT
);

-- `details` is a JSON object: the checked fields of the form, by their names.
CREATE TABLE submissions (
    id        INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL CHECK (kind IN ('reply', 'refund', 'escalation')),
    enquiry   TEXT NOT NULL REFERENCES enquiries (number),
    stored_at TEXT NOT NULL,
    details   TEXT NOT NULL
);

CREATE INDEX submissions_by_enquiry ON submissions (enquiry);

-- Contracts that wait for the office's decision. The papers themselves lie in the folder of incoming contracts.
CREATE TABLE contracts (
    number  TEXT PRIMARY KEY,
    partner TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('services', 'supply', 'data processing')),
    file    TEXT NOT NULL
);

-- Forms that belong to no enquiry: an approval request for each contract, a master record for each supplier.
-- `subject` is what the form is about; the office files each kind once for a subject.
CREATE TABLE filings (
    id        INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL CHECK (kind IN ('approval', 'supplier')),
    subject   TEXT NOT NULL,
    stored_at TEXT NOT NULL,
    details   TEXT NOT NULL,
    UNIQUE (kind, subject)
);
