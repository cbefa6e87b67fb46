-- Sign-off chains, budget versions, posts and marks, pay runs and bank batches, cash and bank, closed months.

ALTER TABLE offices RENAME TO offices_3;
CREATE TABLE offices (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL CHECK (village_id = id),
    kind TEXT NOT NULL CHECK (kind IN ('village', 'township')),
    name TEXT NOT NULL CHECK (name <> ''),
    code TEXT NOT NULL CHECK (length(code) IN (9, 12)),
    township TEXT NOT NULL,
    households INTEGER NOT NULL CHECK (households >= 0),
    population INTEGER NOT NULL CHECK (population >= 0),
    contact TEXT NOT NULL,                            -- who takes objections, an office-holder
    phone TEXT NOT NULL,                              -- of the office, may be printed
    is_practice INTEGER NOT NULL CHECK (is_practice IN (0, 1)),
    chain TEXT NOT NULL DEFAULT 'standard'            -- by which sign-off chain of the profile new claims go
) STRICT;
INSERT INTO offices (
    rowid, id, version, village_id, kind, name, code, township, households, population, contact, phone, is_practice
)
SELECT
    rowid, id, version, village_id, kind, name, code, township, households, population, contact, phone, is_practice
  FROM offices_3;
DROP TABLE offices_3;

ALTER TABLE officers RENAME TO officers_3;
CREATE TABLE officers (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN ('accountant', 'head', 'finance_group', 'supervision', 'clerk', 'leader')),
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    UNIQUE (village_id, name)
) STRICT;
INSERT INTO officers (rowid, id, version, village_id, name, role, is_active)
SELECT rowid, id, version, village_id, name, role, is_active FROM officers_3;
DROP TABLE officers_3;

CREATE TABLE kinships (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    holder TEXT NOT NULL CHECK (holder <> ''),        -- who holds an office
    relative TEXT NOT NULL CHECK (relative <> ''),
    relation TEXT NOT NULL,
    UNIQUE (village_id, holder, relative)
) STRICT;

ALTER TABLE arrivals RENAME TO arrivals_3;
CREATE TABLE arrivals (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    fund_id TEXT NOT NULL REFERENCES funds (id),
    arrived_on TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK ((amount_fen < 0) = (reverses_id IS NOT NULL) AND amount_fen <> 0),
    document TEXT NOT NULL,
    year INTEGER NOT NULL DEFAULT 0,                  -- with number: its receipt voucher; 0 = from before they were numbered
    number INTEGER NOT NULL DEFAULT 0,
    reverses_id TEXT UNIQUE REFERENCES arrivals (id), -- the arrival it takes back (红字冲销)
    reason TEXT NOT NULL DEFAULT '' CHECK (reverses_id IS NULL OR reason <> '')
) STRICT;
INSERT INTO arrivals (rowid, id, version, village_id, fund_id, arrived_on, amount_fen, document)
SELECT rowid, id, version, village_id, fund_id, arrived_on, amount_fen, document FROM arrivals_3;
DROP TABLE arrivals_3;
CREATE INDEX arrivals_of_fund ON arrivals (fund_id, arrived_on, amount_fen);
CREATE INDEX arrivals_by_day ON arrivals (village_id, arrived_on, amount_fen);
CREATE UNIQUE INDEX arrivals_by_number ON arrivals (village_id, year, number) WHERE number > 0;

CREATE TABLE openings (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    fund_id TEXT NOT NULL REFERENCES funds (id),
    opened_on TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK ((amount_fen < 0) = (reverses_id IS NOT NULL) AND amount_fen <> 0),
    from_fund_id TEXT REFERENCES funds (id),          -- the fund of the year before it was carried from; NULL = from outside these books
    document TEXT NOT NULL,
    reverses_id TEXT UNIQUE REFERENCES openings (id), -- the opening it takes back (红字冲销)
    reason TEXT NOT NULL DEFAULT '' CHECK (reverses_id IS NULL OR reason <> ''),
    CHECK (from_fund_id <> fund_id)
) STRICT;
CREATE INDEX openings_of_fund ON openings (fund_id, opened_on, amount_fen);
CREATE INDEX openings_from_fund ON openings (from_fund_id, opened_on, amount_fen) WHERE from_fund_id IS NOT NULL;

CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,                               -- what was taken in: payroll, roster, expenses, bank_return
    file_name TEXT NOT NULL,
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    shape TEXT NOT NULL,                              -- the digest of the file's heads, by which its mapping is known again
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    count INTEGER NOT NULL CHECK (count >= 0),
    made_by TEXT NOT NULL REFERENCES officers (id),
    is_undone INTEGER NOT NULL CHECK (is_undone IN (0, 1))
) STRICT;
CREATE INDEX imports_by_shape ON imports (village_id, kind, shape);

CREATE UNIQUE INDEX projects_by_name ON projects (village_id, name, id);

ALTER TABLE contracts RENAME TO contracts_3;
CREATE TABLE contracts (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    kind TEXT NOT NULL CHECK (kind IN ('works', 'caretaking')),
    party TEXT NOT NULL CHECK (party <> ''),
    scope TEXT NOT NULL,
    standard TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    pay_cycle TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    cycles INTEGER NOT NULL DEFAULT 1 CHECK (cycles >= 1), -- in how many equal parts the sum is paid
    bands TEXT NOT NULL DEFAULT '',                   -- the profile's bands a part is paid by; '' = always in full
    deductions TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO contracts (
    rowid, id, version, village_id, project_id, kind, party, scope, standard, amount_fen, pay_cycle, signed_on,
    first_day, last_day
)
SELECT
    rowid, id, version, village_id, project_id, kind, party, scope, standard, amount_fen, pay_cycle, signed_on,
    first_day, last_day
  FROM contracts_3;
DROP TABLE contracts_3;
CREATE INDEX contracts_of_project ON contracts (project_id);

CREATE TABLE posts (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    payee_id TEXT NOT NULL REFERENCES people (id),    -- whose account is paid: the same person or the household's head
    contract_id TEXT REFERENCES contracts (id),
    duty TEXT NOT NULL CHECK (duty <> ''),
    area TEXT NOT NULL,
    base_fen INTEGER NOT NULL CHECK (base_fen >= 0),  -- a month
    performance_fen INTEGER NOT NULL CHECK (performance_fen >= 0), -- a quarter
    bands TEXT NOT NULL,                              -- the profile's bands performance pay follows
    first_day TEXT NOT NULL,
    last_day TEXT CHECK (last_day >= first_day)       -- NULL = still held
) STRICT;
CREATE INDEX posts_of_project ON posts (project_id);
CREATE INDEX posts_of_person ON posts (person_id);

ALTER TABLE inspections RENAME TO inspections_3;
CREATE TABLE inspections (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    kind TEXT NOT NULL CHECK (kind IN ('inspection', 'spot_check', 'acceptance', 'assessment')),
    inspected_on TEXT NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    is_passed INTEGER NOT NULL CHECK (is_passed IN (0, 1)),
    inspectors TEXT NOT NULL,
    note TEXT NOT NULL,
    contract_id TEXT REFERENCES contracts (id),       -- whose work it was about; with post_id NULL = the whole project's
    post_id TEXT REFERENCES posts (id),
    period TEXT NOT NULL DEFAULT '',                  -- the quarter an assessment is for, 2026Q1
    template TEXT NOT NULL DEFAULT ''                 -- the score sheet that was filled in; '' = none
) STRICT;
INSERT INTO inspections (rowid, id, version, village_id, project_id, kind, inspected_on, score, is_passed, inspectors, note)
SELECT rowid, id, version, village_id, project_id, kind, inspected_on, score, is_passed, inspectors, note FROM inspections_3;
DROP TABLE inspections_3;
CREATE INDEX inspections_of_project ON inspections (project_id);
CREATE INDEX inspections_of_post ON inspections (post_id, period) WHERE post_id IS NOT NULL;
CREATE INDEX inspections_of_contract ON inspections (contract_id, period) WHERE contract_id IS NOT NULL;

CREATE TABLE marks (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    inspection_id TEXT NOT NULL REFERENCES inspections (id),
    place INTEGER NOT NULL CHECK (place >= 1),
    item TEXT NOT NULL CHECK (item <> ''),
    points INTEGER NOT NULL CHECK (points >= 0),      -- what the item is worth
    deducted INTEGER NOT NULL CHECK (deducted BETWEEN 0 AND points),
    note TEXT NOT NULL,
    UNIQUE (inspection_id, place)
) STRICT;

CREATE TABLE evaluations (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL,
    subject_table TEXT NOT NULL CHECK (subject_table IN ('projects', 'contracts', 'posts')),
    subject_id TEXT NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 1000), -- tenths of a point
    place INTEGER NOT NULL CHECK (place >= 1),        -- in the ranking of its table and year
    arithmetic TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (subject_id, year)
) STRICT;

CREATE TABLE budget_changes (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2200),
    number INTEGER NOT NULL CHECK (number >= 1),      -- the budget as resolved is version 0
    motion_id TEXT NOT NULL REFERENCES motions (id),
    decided_on TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    made_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (village_id, year, number)
) STRICT;

CREATE TABLE budget_lines (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    budget_change_id TEXT NOT NULL REFERENCES budget_changes (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    change_fen INTEGER NOT NULL CHECK (change_fen <> 0),
    UNIQUE (budget_change_id, project_id)
) STRICT;
CREATE INDEX budget_lines_of_project ON budget_lines (project_id, change_fen);

ALTER TABLE payrolls RENAME TO payrolls_3;
CREATE TABLE payrolls (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    title TEXT NOT NULL,
    period TEXT NOT NULL,
    sheet_date TEXT NOT NULL,
    total_fen INTEGER NOT NULL CHECK (total_fen > 0),
    source_id TEXT REFERENCES attachments (id),
    kind TEXT NOT NULL DEFAULT 'imported' CHECK (kind IN ('imported', 'base', 'performance', 'labour', 'post', 'rent')),
    previous_id TEXT REFERENCES payrolls (id),        -- the sheet it was copied from
    import_id TEXT REFERENCES imports (id)
) STRICT;
INSERT INTO payrolls (rowid, id, version, village_id, project_id, title, period, sheet_date, total_fen, source_id)
SELECT rowid, id, version, village_id, project_id, title, period, sheet_date, total_fen, source_id FROM payrolls_3;
DROP TABLE payrolls_3;

ALTER TABLE payroll_lines RENAME TO payroll_lines_3;
CREATE TABLE payroll_lines (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    payroll_id TEXT NOT NULL REFERENCES payrolls (id),
    place INTEGER NOT NULL CHECK (place >= 1),
    person_id TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    area TEXT NOT NULL,
    account TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    note TEXT NOT NULL,
    payee_id TEXT REFERENCES people (id),             -- whose account it is; NULL = the person's own
    post_id TEXT REFERENCES posts (id),
    inspection_id TEXT REFERENCES inspections (id),   -- the assessment performance pay rests on
    standard_fen INTEGER NOT NULL DEFAULT 0 CHECK (standard_fen >= 0), -- what the post or the day's work is worth in full
    day_tenths INTEGER NOT NULL DEFAULT 0 CHECK (day_tenths >= 0), -- tenths of a day worked: 5.5 days = 55
    ratio TEXT NOT NULL DEFAULT '',                   -- the band's share, a fraction: 4/5
    deduction_fen INTEGER NOT NULL DEFAULT 0 CHECK (deduction_fen >= 0),
    work TEXT NOT NULL DEFAULT '',                    -- what was done, and when
    reason TEXT NOT NULL DEFAULT '',                  -- why the amount is not what the arithmetic gives
    UNIQUE (payroll_id, place)
) STRICT;
INSERT INTO payroll_lines (rowid, id, version, village_id, payroll_id, place, person_id, name, area, account, amount_fen, note)
SELECT rowid, id, version, village_id, payroll_id, place, person_id, name, area, account, amount_fen, note FROM payroll_lines_3;
DROP TABLE payroll_lines_3;

CREATE TABLE timesheets (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    post_id TEXT NOT NULL REFERENCES posts (id),
    month TEXT NOT NULL,                              -- 2026-03
    absent_tenths INTEGER NOT NULL CHECK (absent_tenths >= 0), -- tenths of a day
    deduction_fen INTEGER NOT NULL CHECK (deduction_fen >= 0),
    note TEXT NOT NULL,
    UNIQUE (post_id, month)
) STRICT;

CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    payroll_id TEXT NOT NULL REFERENCES payrolls (id),
    channel TEXT NOT NULL,                            -- the column profile the file was written by
    made_on TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 1),
    total_fen INTEGER NOT NULL CHECK (total_fen > 0),
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 64), -- of the file before it was sealed
    reissues_id TEXT REFERENCES batches (id),
    made_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (village_id, year, number)
) STRICT;
CREATE INDEX batches_of_payroll ON batches (payroll_id);

CREATE TABLE batch_lines (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    batch_id TEXT NOT NULL REFERENCES batches (id),
    place INTEGER NOT NULL CHECK (place >= 1),
    payroll_line_id TEXT NOT NULL REFERENCES payroll_lines (id),
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    bank TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    UNIQUE (batch_id, place)
) STRICT;
CREATE INDEX batch_lines_of_pay ON batch_lines (payroll_line_id);

CREATE TABLE bank_answers (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    batch_line_id TEXT NOT NULL REFERENCES batch_lines (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('paid', 'failed', 'bounced')),
    reason TEXT NOT NULL,
    told_on TEXT NOT NULL,
    import_id TEXT REFERENCES imports (id)
) STRICT;
CREATE INDEX bank_answers_of_line ON bank_answers (batch_line_id);

CREATE TABLE advances (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    taker TEXT NOT NULL CHECK (taker <> ''),
    given_on TEXT NOT NULL,
    due_on TEXT NOT NULL CHECK (due_on >= given_on),
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    pay_way TEXT NOT NULL CHECK (pay_way IN ('transfer', 'cash')),
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    made_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;
CREATE INDEX advances_by_day ON advances (village_id, given_on, amount_fen);

ALTER TABLE claims RENAME TO claims_3;
CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    spent_on TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id),
    fund_id TEXT NOT NULL REFERENCES funds (id),
    payee TEXT NOT NULL CHECK (payee <> ''),
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    invoice_kind TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    handler TEXT NOT NULL,
    witness TEXT NOT NULL,
    pay_way TEXT NOT NULL CHECK (pay_way IN ('transfer', 'passbook', 'cash')),
    payroll_id TEXT REFERENCES payrolls (id),
    excuse TEXT NOT NULL,                             -- why a warning was passed over; '' = there was none
    state TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES officers (id),
    profile_version TEXT NOT NULL,
    chain TEXT NOT NULL DEFAULT 'standard',           -- the sign-off chain it was handed in by
    contract_id TEXT REFERENCES contracts (id),
    inspection_id TEXT REFERENCES inspections (id),   -- the visit its sum rests on
    decision_id TEXT REFERENCES motions (id),         -- the group's decision that lets it pass where something is missing
    advance_id TEXT REFERENCES advances (id),         -- the advance it accounts for
    redoes_id TEXT REFERENCES vouchers (id) DEFERRABLE INITIALLY DEFERRED -- the reversed voucher it stands in for
) STRICT;
INSERT INTO claims (
    rowid, id, version, village_id, spent_on, project_id, fund_id, payee, amount_fen, purpose, invoice_kind,
    invoice_number, handler, witness, pay_way, payroll_id, excuse, state, made_by, profile_version
)
SELECT
    rowid, id, version, village_id, spent_on, project_id, fund_id, payee, amount_fen, purpose, invoice_kind,
    invoice_number, handler, witness, pay_way, payroll_id, excuse, state, made_by, profile_version
  FROM claims_3;
DROP TABLE claims_3;
CREATE INDEX claims_by_state ON claims (village_id, state, spent_on, id, amount_fen);
CREATE INDEX claims_by_day ON claims (village_id, spent_on, id, amount_fen);
CREATE INDEX claims_by_payee ON claims (village_id, payee, id);
CREATE INDEX claims_by_purpose ON claims (village_id, purpose, id);
CREATE INDEX claims_by_amount ON claims (village_id, amount_fen, id);
CREATE INDEX claims_by_project ON claims (project_id, spent_on, id, amount_fen);
CREATE INDEX claims_in_cash ON claims (village_id, id) WHERE pay_way = 'cash';
CREATE INDEX claims_by_invoice ON claims (invoice_number) WHERE invoice_number <> '';
CREATE INDEX claims_of_contract ON claims (contract_id) WHERE contract_id IS NOT NULL;

ALTER TABLE approvals RENAME TO approvals_3;
CREATE TABLE approvals (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    claim_id TEXT NOT NULL REFERENCES claims (id),
    claim_version INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'queried', 'refused')),
    note TEXT NOT NULL CHECK (outcome = 'passed' OR note <> ''),
    given_by TEXT NOT NULL REFERENCES officers (id),
    given_at TEXT NOT NULL,
    step TEXT NOT NULL DEFAULT 'head',                -- which step of the chain
    signer TEXT NOT NULL DEFAULT '',                  -- who signed, where that is not who is signed in
    paper_id TEXT REFERENCES attachments (id)         -- the scanned sheet with the signature
) STRICT;
INSERT INTO approvals (rowid, id, version, village_id, claim_id, claim_version, outcome, note, given_by, given_at)
SELECT rowid, id, version, village_id, claim_id, claim_version, outcome, note, given_by, given_at FROM approvals_3;
DROP TABLE approvals_3;
CREATE INDEX approvals_of_claim ON approvals (claim_id);

ALTER TABLE past_expenses RENAME TO past_expenses_3;
CREATE TABLE past_expenses (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2200),
    place INTEGER NOT NULL CHECK (place >= 1),        -- the row on the sheet it was taken from
    spent_on TEXT NOT NULL,
    item TEXT NOT NULL CHECK (item <> ''),
    payee TEXT NOT NULL CHECK (payee <> ''),
    amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
    source TEXT NOT NULL,
    handler TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    opinion TEXT NOT NULL,
    import_id TEXT NOT NULL DEFAULT '',               -- the taking-in it came by; '' = before these were noted
    UNIQUE (village_id, year, place, import_id)
) STRICT;
INSERT INTO past_expenses (
    rowid, id, version, village_id, year, place, spent_on, item, payee, amount_fen, source, handler, invoice_number,
    opinion
)
SELECT
    rowid, id, version, village_id, year, place, spent_on, item, payee, amount_fen, source, handler, invoice_number,
    opinion
  FROM past_expenses_3;
DROP TABLE past_expenses_3;
CREATE INDEX past_expenses_by_invoice ON past_expenses (invoice_number) WHERE invoice_number <> '';

CREATE TABLE cash_moves (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL CHECK (kind IN ('withdrawn', 'deposited')),
    moved_on TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    document TEXT NOT NULL,
    note TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;
CREATE INDEX cash_moves_by_day ON cash_moves (village_id, moved_on, amount_fen);

CREATE TABLE settlements (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    advance_id TEXT NOT NULL REFERENCES advances (id),
    settled_on TEXT NOT NULL,
    voucher_id TEXT UNIQUE REFERENCES vouchers (id),  -- what was spent of it; NULL = money handed back
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    pay_way TEXT NOT NULL CHECK (pay_way IN ('transfer', 'cash')),
    made_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;
CREATE INDEX settlements_of_advance ON settlements (advance_id, settled_on, amount_fen);

CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'cash')),
    stated_on TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0), -- what the bank says, or what was counted
    books_fen INTEGER NOT NULL,                       -- what the books said at that moment
    counted TEXT NOT NULL CHECK (json_valid(counted)), -- notes and coins by value in fen; {} for a bank's statement
    note TEXT NOT NULL,
    witness TEXT NOT NULL,
    paper_id TEXT REFERENCES attachments (id),
    made_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;
CREATE INDEX statements_by_day ON statements (village_id, kind, stated_on);

CREATE TABLE uncashed (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    statement_id TEXT NOT NULL REFERENCES statements (id),
    side TEXT NOT NULL CHECK (side IN ('books_in', 'books_out', 'bank_in', 'bank_out')), -- who has booked it, and which way it goes
    what TEXT NOT NULL CHECK (what <> ''),
    since TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0)
) STRICT;
CREATE INDEX uncashed_of_statement ON uncashed (statement_id);

CREATE TABLE closings (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    number INTEGER NOT NULL CHECK (number >= 1),      -- 2 = closed again after it was opened once
    state TEXT NOT NULL CHECK (state IN ('prepared', 'closed')),
    prepared_on TEXT NOT NULL CHECK (substr(prepared_on, 1, 7) > month),
    facts TEXT NOT NULL CHECK (json_valid(facts)),    -- the sums it is closed with, and what was passed over
    excuse TEXT NOT NULL,
    link TEXT NOT NULL,
    prepared_by TEXT NOT NULL REFERENCES officers (id),
    closed_on TEXT CHECK (closed_on >= prepared_on),  -- NULL = another person has not confirmed it yet
    closed_by TEXT REFERENCES officers (id) CHECK (closed_by <> prepared_by),
    UNIQUE (village_id, month, number),
    CHECK ((state = 'closed') = (closed_on IS NOT NULL) AND (closed_on IS NULL) = (closed_by IS NULL))
) STRICT;

CREATE TABLE reopenings (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    closing_id TEXT NOT NULL REFERENCES closings (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    asked_on TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 31), -- how long it is to stay open
    asked_by TEXT NOT NULL REFERENCES officers (id),
    agreed_by TEXT REFERENCES officers (id) CHECK (agreed_by <> asked_by),
    open_until TEXT,                                  -- its last open day; NULL until the township has granted it
    state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'granted', 'refused', 'ended'))
) STRICT;
CREATE INDEX reopenings_of_closing ON reopenings (closing_id);

ALTER TABLE photos RENAME TO photos_3;
CREATE TABLE photos (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    subject_table TEXT NOT NULL CHECK (
        subject_table IN ('postings', 'takedowns', 'inspections', 'claims', 'contracts', 'statements')
    ),
    subject_id TEXT NOT NULL,
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    taken_at TEXT NOT NULL,                           -- by the camera's clock; '' = it does not say
    added_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (subject_id, attachment_id)
) STRICT;
INSERT INTO photos (rowid, id, version, village_id, subject_table, subject_id, attachment_id, taken_at, added_by)
SELECT rowid, id, version, village_id, subject_table, subject_id, attachment_id, taken_at, added_by FROM photos_3;
DROP TABLE photos_3;

ALTER TABLE reviews RENAME TO reviews_3;
CREATE TABLE reviews (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    subject_table TEXT NOT NULL CHECK (subject_table IN ('claims', 'notices')),
    subject_id TEXT NOT NULL,
    subject_version INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'queried', 'refused')),
    note TEXT NOT NULL CHECK (outcome = 'passed' OR note <> ''),
    given_by TEXT NOT NULL REFERENCES officers (id),
    given_at TEXT NOT NULL,
    signer TEXT NOT NULL DEFAULT '',                  -- who signed, where that is not who is signed in
    paper_id TEXT REFERENCES attachments (id)         -- the scanned sheet with the signature
) STRICT;
INSERT INTO reviews (
    rowid, id, version, village_id, subject_table, subject_id, subject_version, outcome, note, given_by, given_at
)
SELECT
    rowid, id, version, village_id, subject_table, subject_id, subject_version, outcome, note, given_by, given_at
  FROM reviews_3;
DROP TABLE reviews_3;
CREATE INDEX reviews_of_subject ON reviews (subject_id);

ALTER TABLE verdicts RENAME TO verdicts_3;
CREATE TABLE verdicts (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    subject_table TEXT NOT NULL CHECK (subject_table IN ('claims', 'notices', 'projects', 'reopenings')),
    subject_id TEXT NOT NULL,
    subject_version INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'queried', 'returned')),
    note TEXT NOT NULL CHECK (outcome = 'passed' OR note <> ''),
    due_on TEXT,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    step TEXT NOT NULL DEFAULT ''                     -- which of the township's steps; '' = its only one
) STRICT;
INSERT INTO verdicts (
    rowid, id, version, village_id, subject_table, subject_id, subject_version, outcome, note, due_on, given_by,
    given_at
)
SELECT
    rowid, id, version, village_id, subject_table, subject_id, subject_version, outcome, note, due_on, given_by,
    given_at
  FROM verdicts_3;
DROP TABLE verdicts_3;
CREATE INDEX verdicts_of_subject ON verdicts (subject_id);

DROP TABLE dictionary;
CREATE TABLE dictionary (
    table_name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    owner TEXT NOT NULL CHECK (owner IN ('desk', 'village', 'oversight', 'township')),
    travels TEXT NOT NULL CHECK (travels IN ('open', 'sealed', 'private')),
    frozen_when TEXT NOT NULL,
    moving TEXT NOT NULL,
    personal TEXT NOT NULL,
    month_of TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;
INSERT INTO dictionary (table_name, title, owner, travels, frozen_when, moving, personal, month_of, reason) VALUES
('attachments',      '附件目录',   'village',   'open',    '1', '',  '', '', '附件一经存入不能改动。'),
('desks',            '本机账本',   'desk',      'private', '', '',  '', '', '本机的身份，别处用不着。'),
('offices',          '单位',     'village',   'open',    '', '',  '', '', '单位的名片可以更新。'),
('officers',         '办事人员',   'village',   'open',    '', '',  '', '', '人员可以停用，不能删除。'),
('credentials',      '密码',     'desk',      'private', '', '',  '', '', '密码和钥匙不出本机。'),
('households',       '农户',     'village',   'open',    '', '',  '', '', '户册可以更新。'),
('people',           '村民',     'village',   'sealed',  '', '',  'id_number born_on phone account bank note', '', '村民册可以更新。'),
('bodies',           '组织',     'village',   'open',    '', '',  '', '', '组织可以更名。'),
('memberships',      '组织成员',   'village',   'open',    '', '',  '', '', '任期可以更新。'),
('kinships',         '亲属关系',   'village',   'private', '', '',  '', '', '亲属登记只在本村核对时用，不上报。'),
('funds',            '资金',     'village',   'open',    '', '',  '', '', '计划数可以调整，每次都留痕。'),
('arrivals',         '到账',     'village',   'open',    '1', '',  '', 'arrived_on', '到账记录不能改动。'),
('openings',         '期初结转',   'village',   'open',    '1', '',  '', 'opened_on', '期初和结转记录不能改动。'),
('imports',          '导入登记',   'village',   'open',    '1', 'is_undone', '', '', '导入登记不能改动。'),
('wishes',           '村民意愿',   'village',   'open',    '1', '',  '', '', '村民签字的意愿不能改动。'),
('projects',         '项目',     'village',   'open',    'OLD.state NOT IN (''wished'', ''shortlisted'', ''proposed'')', 'state manager', '', '', '项目经会议决议后不能改动。'),
('steps',            '项目进度',   'village',   'open',    '1', '',  '', '', '项目走过的步骤不能改动。'),
('contracts',        '合同',     'village',   'open',    '1', '',  '', '', '签过的合同不能改动。'),
('posts',            '岗位',     'village',   'open',    '1', 'last_day', '', '', '岗位和标准不能改动，变了就另设一个。'),
('inspections',      '检查验收',   'village',   'open',    '1', '',  '', '', '检查记录不能改动。'),
('marks',            '评分明细',   'village',   'open',    '1', '',  '', '', '评分明细不能改动。'),
('evaluations',      '年度考评',   'village',   'open',    '1', '',  '', '', '年度考评不能改动。'),
('levies',           '筹资筹劳',   'village',   'open',    '1', 'days_worked', '', '', '议定的筹资筹劳不能改动。'),
('surveys',          '满意度调查',  'village',   'open',    '1', '',  '', '', '调查结果不能改动。'),
('scores',           '量分票',    'village',   'open',    '1', '',  '', '', '量分票不能改动。'),
('meetings',         '会议',     'village',   'open',    '1', '',  '', '', '会议记录不能改动。'),
('attendances',      '到会名册',   'village',   'open',    '1', '',  '', '', '到会名册不能改动。'),
('motions',          '议题',     'village',   'open',    '1', '',  '', '', '表决结果不能改动。'),
('motion_projects',  '决议项目',   'village',   'open',    '1', '',  '', '', '决议和项目的关系不能改动。'),
('budget_changes',   '预算调整',   'village',   'open',    '1', '',  '', '', '预算调整不能改动，再调就再决议。'),
('budget_lines',     '预算调整明细', 'village',   'open',    '1', '',  '', '', '预算调整不能改动，再调就再决议。'),
('payrolls',         '报酬发放表',  'village',   'open',    '1', '',  '', '', '报酬发放表不能改动。'),
('payroll_lines',    '报酬发放明细', 'village',   'sealed',  '1', '',  'account', '', '报酬发放明细不能改动。'),
('timesheets',       '考勤',     'village',   'open',    '', '',  '', '', '考勤可以更正，每次都留痕。'),
('batches',          '发放批次',   'village',   'open',    '1', '',  '', '', '送出的批次不能改动。'),
('batch_lines',      '发放批次明细', 'village',   'sealed',  '1', '',  'account bank', '', '送出的批次不能改动。'),
('bank_answers',     '银行回盘',   'village',   'open',    '1', '',  '', '', '银行的回盘不能改动。'),
('advances',         '预借',     'village',   'open',    '1', '',  '', 'given_on', '预借的记录不能改动。'),
('claims',           '报账单',    'village',   'open',    'OLD.state <> ''draft''', 'state decision_id', '', '', '报账单提交后不能改动。'),
('approvals',        '村主任审批',  'village',   'open',    '1', '',  '', '', '审批意见不能改动。'),
('vouchers',         '凭证',     'village',   'open',    '1', '',  '', 'posted_on', '入账的凭证不能改动。'),
('past_expenses',    '往年支出',   'village',   'open',    '1', '',  '', '', '往年支出照原表接收，不能改动。'),
('cash_moves',       '存取现金',   'village',   'open',    '1', '',  '', 'moved_on', '存取现金的记录不能改动。'),
('settlements',      '预借归还',   'village',   'open',    '1', '',  '', 'settled_on', '预借归还的记录不能改动。'),
('statements',       '对账',     'village',   'open',    '1', '',  '', 'stated_on', '对账的记录不能改动。'),
('uncashed',         '未达账项',   'village',   'open',    '1', '',  '', '', '对账的记录不能改动。'),
('closings',         '结账',     'village',   'open',    'OLD.state = ''closed''', '',  '', '', '结账的记录不能改动。'),
('reopenings',       '反结账',    'village',   'open',    '1', 'agreed_by open_until state', '', '', '反结账的申请不能改动。'),
('slots',            '公开栏目',   'village',   'open',    '', '',  '', '', '栏目名称待县级口径确认，可以改。'),
('notices',          '公示稿',    'village',   'open',    'OLD.state <> ''draft''', 'state', '', '', '公示稿送审后不能改动。'),
('issuances',        '公示发布',   'village',   'open',    '1', '',  '', '', '发布的公示不能改动。'),
('postings',         '张贴记录',   'village',   'open',    '1', '',  '', '', '张贴记录不能改动。'),
('takedowns',        '取下记录',   'village',   'open',    '1', '',  '', '', '取下记录不能改动。'),
('filings',          '归档记录',   'village',   'open',    '1', '',  '', '', '归档记录不能改动。'),
('wordings',         '公示措辞',   'village',   'open',    '', '',  '', '', '措辞可以改，每次都留痕。'),
('objections',       '异议',     'village',   'sealed',  '1', '',  'asker reach', '', '登记的异议不能改动。'),
('pauses',           '异议暂停',   'village',   'open',    '1', 'last_day', '', '', '暂停记录不能改动。'),
('replies',          '异议答复',   'village',   'open',    '1', '',  '', '', '答复不能改动。'),
('photos',           '照片',     'village',   'open',    '1', '',  '', '', '照片一经存入不能改动。'),
('reviews',          '审核意见',   'oversight', 'open',    '1', '',  '', '', '审核意见不能改动。'),
('answers',          '答复',     'village',   'open',    '1', '',  '', '', '答复不能改动。'),
('peers',            '往来单位',   'desk',      'private', '', '',  '', '', '各存各的对方名片。'),
('parcels',          '收发登记',   'desk',      'private', '1', 'state', '', '', '收发登记不能改动。'),
('verdicts',         '乡镇意见',   'township',  'private', '1', '',  '', '', '乡镇的意见由乡镇随回执发来，不再送回。');
