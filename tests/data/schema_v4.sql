-- Every record of a desk, village and township alike. Tables only: the triggers that guard them are made
-- from the dictionary at the end (see villagedesk/storage/guards.py), so that no table can be forgotten.
--
-- Conventions: id = 26 sortable characters; version counts a record's changes from 1; money is INTEGER fen;
-- days are TEXT YYYY-MM-DD, moments TEXT ISO 8601 with zone; village_id is the office the record is about.

PRAGMA application_id = 0x56444B31;
PRAGMA user_version = 4;

-- The journal ---------------------------------------------------------------------------------------------------

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    table_name TEXT NOT NULL,
    record_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT,                                        -- the whole record after the change; NULL = discarded
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    link TEXT NOT NULL CHECK (length(link) = 64)
) STRICT;
CREATE UNIQUE INDEX journal_of_record ON journal (record_id, version, table_name);

CREATE TABLE attachments (
    id TEXT PRIMARY KEY CHECK (length(id) = 64),      -- SHA-256 of the content
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

-- The office and who may act ------------------------------------------------------------------------------------

CREATE TABLE desks (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    office_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('village', 'township')),
    public_key TEXT NOT NULL,
    restored_from TEXT NOT NULL DEFAULT ''            -- the desk a backup of which this was laid out from; '' = none
) STRICT;

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

CREATE TABLE officers (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN ('accountant', 'head', 'finance_group', 'supervision', 'clerk', 'leader')),
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    UNIQUE (village_id, name)
) STRICT;

CREATE TABLE credentials (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    officer_id TEXT NOT NULL UNIQUE REFERENCES officers (id),
    salt TEXT NOT NULL,
    verifier TEXT NOT NULL,
    wrapped_key TEXT NOT NULL                         -- the desk's signing key under this password; '' = none
) STRICT;

-- The village ---------------------------------------------------------------------------------------------------

CREATE TABLE households (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    number TEXT NOT NULL,
    team TEXT NOT NULL,
    head_name TEXT NOT NULL,
    UNIQUE (village_id, number)
) STRICT;

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    name TEXT NOT NULL CHECK (name <> ''),
    initials TEXT NOT NULL,
    relation TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('男', '女')),
    id_number TEXT NOT NULL,
    born_on TEXT NOT NULL,
    phone TEXT NOT NULL,
    account TEXT NOT NULL,
    bank TEXT NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (village_id, id_number)
) STRICT;
CREATE INDEX people_of_household ON people (household_id);
CREATE INDEX people_by_name ON people (village_id, name);

CREATE TABLE bodies (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (village_id, kind)
) STRICT;

CREATE TABLE memberships (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    body_id TEXT NOT NULL REFERENCES bodies (id),
    name TEXT NOT NULL,
    duty TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    UNIQUE (body_id, name, first_day)
) STRICT;

CREATE TABLE kinships (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    holder TEXT NOT NULL CHECK (holder <> ''),        -- who holds an office
    relative TEXT NOT NULL CHECK (relative <> ''),
    relation TEXT NOT NULL,
    UNIQUE (village_id, holder, relative)
) STRICT;

CREATE TABLE funds (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2200),
    source TEXT NOT NULL,
    owner TEXT NOT NULL,
    planned_fen INTEGER NOT NULL CHECK (planned_fen >= 0),
    document TEXT NOT NULL,
    UNIQUE (village_id, year, source, owner)
) STRICT;

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

-- Works ---------------------------------------------------------------------------------------------------------

CREATE TABLE wishes (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    year INTEGER NOT NULL,
    place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 3),
    item TEXT NOT NULL CHECK (item <> ''),
    spokesman TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    UNIQUE (household_id, year, place)
) STRICT;

CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2200),
    name TEXT NOT NULL CHECK (name <> ''),
    class_code TEXT NOT NULL CHECK (class_code IN ('1', '2', '3', '4')),
    item TEXT NOT NULL,
    place TEXT NOT NULL,
    manager TEXT NOT NULL,
    is_necessary INTEGER NOT NULL CHECK (is_necessary IN (0, 1)),
    has_other_money INTEGER NOT NULL CHECK (has_other_money IN (0, 1)),
    budget_fen INTEGER NOT NULL CHECK (budget_fen >= 0),
    fund_id TEXT REFERENCES funds (id),
    state TEXT NOT NULL,
    UNIQUE (village_id, year, name)
) STRICT;
CREATE UNIQUE INDEX projects_by_name ON projects (village_id, name, id);

CREATE TABLE steps (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    state TEXT NOT NULL,
    taken_on TEXT NOT NULL,
    note TEXT NOT NULL,
    paper_id TEXT REFERENCES attachments (id),
    taken_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;
CREATE INDEX steps_of_project ON steps (project_id);

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

CREATE TABLE levies (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL UNIQUE REFERENCES projects (id),
    resolved_on TEXT NOT NULL,
    payers INTEGER NOT NULL CHECK (payers >= 0),      -- people who pay
    exempt INTEGER NOT NULL CHECK (exempt >= 0),      -- people who are let off
    fen_per_head INTEGER NOT NULL CHECK (fen_per_head >= 0),
    workers INTEGER NOT NULL CHECK (workers >= 0),    -- people who work
    days_per_head INTEGER NOT NULL CHECK (days_per_head >= 0),
    days_worked INTEGER NOT NULL CHECK (days_worked >= 0),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE surveys (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    held_on TEXT NOT NULL,
    way TEXT NOT NULL,                                -- how people were asked
    asked INTEGER NOT NULL CHECK (asked > 0),
    good INTEGER NOT NULL CHECK (good >= 0),
    fair INTEGER NOT NULL CHECK (fair >= 0),
    poor INTEGER NOT NULL CHECK (poor >= 0),
    note TEXT NOT NULL,
    CHECK (good + fair + poor <= asked)
) STRICT;
CREATE INDEX surveys_of_project ON surveys (project_id);

-- Deliberation --------------------------------------------------------------------------------------------------

CREATE TABLE scores (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    member TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent BETWEEN 0 AND 10),
    wished INTEGER NOT NULL CHECK (wished BETWEEN 0 AND 10),
    benefit INTEGER NOT NULL CHECK (benefit BETWEEN 0 AND 10),
    UNIQUE (project_id, member)
) STRICT;

CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    body_id TEXT NOT NULL REFERENCES bodies (id),
    basis TEXT NOT NULL,                              -- whose quorum counts: the profile's key, e.g. 村民会议-户代表
    number TEXT NOT NULL,
    held_on TEXT NOT NULL,
    place TEXT NOT NULL,
    chair TEXT NOT NULL,
    recorder TEXT NOT NULL,
    entitled INTEGER NOT NULL CHECK (entitled > 0),
    present INTEGER NOT NULL CHECK (present BETWEEN 0 AND entitled),
    minutes TEXT NOT NULL,
    profile_version TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (village_id, number)
) STRICT;

CREATE TABLE attendances (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    name TEXT NOT NULL,
    presence TEXT NOT NULL CHECK (presence IN ('present', 'absent', 'observer')),
    UNIQUE (meeting_id, name)
) STRICT;

CREATE TABLE motions (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    subject TEXT NOT NULL CHECK (subject <> ''),
    method TEXT NOT NULL,
    yes INTEGER NOT NULL CHECK (yes >= 0),
    no INTEGER NOT NULL CHECK (no >= 0),
    abstain INTEGER NOT NULL CHECK (abstain >= 0),
    is_passed INTEGER NOT NULL CHECK (is_passed IN (0, 1)),
    arithmetic TEXT NOT NULL,                         -- the sentence with the numbers, as it was read out
    UNIQUE (meeting_id, number)
) STRICT;

CREATE TABLE motion_projects (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    motion_id TEXT NOT NULL REFERENCES motions (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    UNIQUE (motion_id, project_id)
) STRICT;
CREATE INDEX motions_of_project ON motion_projects (project_id);

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

-- Money out -----------------------------------------------------------------------------------------------------

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
CREATE INDEX claims_by_state ON claims (village_id, state, spent_on, id, amount_fen);
CREATE INDEX claims_by_day ON claims (village_id, spent_on, id, amount_fen);
CREATE INDEX claims_by_payee ON claims (village_id, payee, id);
CREATE INDEX claims_by_purpose ON claims (village_id, purpose, id);
CREATE INDEX claims_by_amount ON claims (village_id, amount_fen, id);
CREATE INDEX claims_by_project ON claims (project_id, spent_on, id, amount_fen);
CREATE INDEX claims_in_cash ON claims (village_id, id) WHERE pay_way = 'cash';
CREATE INDEX claims_by_invoice ON claims (invoice_number) WHERE invoice_number <> '';
CREATE INDEX claims_of_contract ON claims (contract_id) WHERE contract_id IS NOT NULL;

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
CREATE INDEX approvals_of_claim ON approvals (claim_id);

CREATE TABLE vouchers (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    claim_id TEXT NOT NULL REFERENCES claims (id),
    posted_on TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id),
    fund_id TEXT NOT NULL REFERENCES funds (id),
    payee TEXT NOT NULL,
    purpose TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK ((amount_fen < 0) = (reverses_id IS NOT NULL) AND amount_fen <> 0),
    reverses_id TEXT UNIQUE REFERENCES vouchers (id),
    reason TEXT NOT NULL CHECK (reverses_id IS NULL OR reason <> ''),
    posted_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (village_id, year, number)
) STRICT;
CREATE UNIQUE INDEX vouchers_of_claim ON vouchers (claim_id) WHERE reverses_id IS NULL;
CREATE INDEX vouchers_by_fund ON vouchers (fund_id, posted_on, amount_fen);
CREATE INDEX vouchers_by_project ON vouchers (project_id, posted_on, amount_fen);
CREATE INDEX vouchers_by_day ON vouchers (village_id, posted_on, amount_fen);

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
CREATE INDEX past_expenses_by_invoice ON past_expenses (invoice_number) WHERE invoice_number <> '';

-- Cash, bank and the closed month ----------------------------------------------------------------------------------

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

-- The board -----------------------------------------------------------------------------------------------------

CREATE TABLE slots (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 5),
    name TEXT NOT NULL CHECK (name <> ''),
    basis TEXT NOT NULL,
    is_confirmed INTEGER NOT NULL CHECK (is_confirmed IN (0, 1)),
    UNIQUE (village_id, number)
) STRICT;

CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    slot INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 5),
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    title TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),    -- the sheet as plain data
    corrects_id TEXT REFERENCES notices (id),
    state TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES officers (id),
    profile_version TEXT NOT NULL,
    topic_id TEXT NOT NULL DEFAULT '',                -- the record an event notice is about; '' = a whole period
    wording_version INTEGER NOT NULL DEFAULT 0        -- of the village's own wording of the kind; 0 = as shipped
) STRICT;
CREATE INDEX notices_by_state ON notices (village_id, state);
CREATE INDEX notices_by_kind ON notices (village_id, kind, period, topic_id);

CREATE TABLE issuances (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    notice_id TEXT NOT NULL UNIQUE REFERENCES notices (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    issued_on TEXT NOT NULL,
    issued_by TEXT NOT NULL REFERENCES officers (id),
    facts TEXT NOT NULL CHECK (json_valid(facts)),    -- the sheet with its number and the last link
    link TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES attachments (id),
    UNIQUE (village_id, year, number)
) STRICT;

-- photo_id was a posting's one photo up to schema 2; since then its photos stand in photos.
CREATE TABLE postings (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    notice_id TEXT NOT NULL REFERENCES notices (id),
    board TEXT NOT NULL CHECK (board <> ''),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    photo_id TEXT REFERENCES attachments (id),
    posted_by TEXT NOT NULL REFERENCES officers (id),
    CHECK (last_day >= first_day)
) STRICT;
CREATE INDEX postings_of_notice ON postings (notice_id);

CREATE TABLE takedowns (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    posting_id TEXT NOT NULL UNIQUE REFERENCES postings (id),
    taken_on TEXT NOT NULL,
    note TEXT NOT NULL,                               -- what was found: whole, torn, written on
    taken_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;

CREATE TABLE filings (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    notice_id TEXT NOT NULL UNIQUE REFERENCES notices (id),
    filed_on TEXT NOT NULL,
    place TEXT NOT NULL CHECK (place <> ''),          -- which binder or box
    filed_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;

CREATE TABLE wordings (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL CHECK (subject <> ''),
    lead TEXT NOT NULL CHECK (lead <> ''),
    ending TEXT NOT NULL,
    UNIQUE (village_id, kind)
) STRICT;

CREATE TABLE objections (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    notice_id TEXT NOT NULL REFERENCES notices (id),
    place TEXT NOT NULL,                              -- the line asked about, in the asker's words; '' = the whole
    asker TEXT NOT NULL,                              -- '' = wishes no name
    reach TEXT NOT NULL,                              -- how to reach the asker
    text TEXT NOT NULL CHECK (text <> ''),
    received_on TEXT NOT NULL,
    received_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (village_id, year, number)
) STRICT;
CREATE INDEX objections_of_notice ON objections (notice_id);

CREATE TABLE pauses (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    objection_id TEXT NOT NULL REFERENCES objections (id),
    first_day TEXT NOT NULL,
    last_day TEXT CHECK (last_day >= first_day),      -- NULL = the clock still stands
    reason TEXT NOT NULL CHECK (reason <> ''),
    paused_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;
CREATE INDEX pauses_of_objection ON pauses (objection_id);

CREATE TABLE replies (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    objection_id TEXT NOT NULL UNIQUE REFERENCES objections (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('explained', 'corrected', 'refused')),
    text TEXT NOT NULL CHECK (text <> ''),
    replied_on TEXT NOT NULL,
    replied_by TEXT NOT NULL REFERENCES officers (id)
) STRICT;

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

-- Oversight -----------------------------------------------------------------------------------------------------

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
CREATE INDEX reviews_of_subject ON reviews (subject_id);

CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    village_id TEXT NOT NULL REFERENCES offices (id),
    subject_table TEXT NOT NULL CHECK (subject_table IN ('claims', 'notices')),
    subject_id TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    given_by TEXT NOT NULL REFERENCES officers (id),
    given_at TEXT NOT NULL
) STRICT;
CREATE INDEX answers_of_subject ON answers (subject_id);

-- Exchange ------------------------------------------------------------------------------------------------------

CREATE TABLE peers (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    office_id TEXT NOT NULL UNIQUE,                   -- its row in offices comes with its first package, or never
    kind TEXT NOT NULL CHECK (kind IN ('village', 'township')),
    name TEXT NOT NULL CHECK (name <> ''),
    code TEXT NOT NULL CHECK (length(code) IN (9, 12)),
    desk_id TEXT NOT NULL,
    public_key TEXT NOT NULL CHECK (length(public_key) IN (0, 64)),  -- '' = its card was revoked
    last_seq INTEGER NOT NULL,                        -- the last entry that arrived whole (township) or was acknowledged (village)
    last_link TEXT NOT NULL,
    last_number INTEGER NOT NULL
) STRICT;

CREATE TABLE parcels (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    office_id TEXT NOT NULL REFERENCES peers (office_id),
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    kind TEXT NOT NULL CHECK (kind IN ('package', 'receipt')),
    number INTEGER NOT NULL CHECK (number >= 1),
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    last_link TEXT NOT NULL,
    digest TEXT NOT NULL,
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('written', 'acknowledged', 'applied')),
    moved_at TEXT NOT NULL,
    UNIQUE (office_id, direction, kind, number, digest)
) STRICT;

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
CREATE INDEX verdicts_of_subject ON verdicts (subject_id);

-- What the guards must also know: these rules cross tables ----------------------------------------------------------

CREATE TRIGGER reviews_by_two_people BEFORE INSERT ON reviews
WHEN EXISTS (
    SELECT 1 FROM (
        SELECT made_by FROM claims WHERE id = NEW.subject_id UNION SELECT made_by FROM notices WHERE id = NEW.subject_id
    ) AS m LEFT JOIN officers AS o ON o.id = m.made_by WHERE m.made_by = NEW.given_by OR o.name = NEW.signer
)
BEGIN
    SELECT RAISE(ABORT, '经办人不能审核自己办的事。');
END;

CREATE TRIGGER approvals_by_two_people BEFORE INSERT ON approvals
WHEN EXISTS (
    SELECT 1 FROM claims AS c LEFT JOIN officers AS o ON o.id = c.made_by
     WHERE c.id = NEW.claim_id AND (c.made_by = NEW.given_by OR o.name = NEW.signer)
)
BEGIN
    SELECT RAISE(ABORT, '经办人不能审批自己办的报账单。');
END;

CREATE TRIGGER claims_decided_once BEFORE UPDATE ON claims
WHEN OLD.state <> 'draft' AND NEW.decision_id IS NOT OLD.decision_id AND (
    OLD.decision_id IS NOT NULL OR OLD.state <> 'deciding'
    OR NOT EXISTS (SELECT 1 FROM motions WHERE id = NEW.decision_id AND is_passed = 1)
)
BEGIN
    SELECT RAISE(ABORT, '报账单的决议只在集体研究时定一次，要是会议通过的。');
END;

CREATE TRIGGER vouchers_only_reviewed BEFORE INSERT ON vouchers
WHEN NEW.reverses_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM reviews WHERE subject_id = NEW.claim_id AND outcome = 'passed'
)
BEGIN
    SELECT RAISE(ABORT, '未经民主理财小组审核的支出一律不得入账。');
END;

CREATE TRIGGER budget_changes_only_resolved BEFORE INSERT ON budget_changes
WHEN NOT EXISTS (SELECT 1 FROM motions WHERE id = NEW.motion_id AND is_passed = 1)
BEGIN
    SELECT RAISE(ABORT, '没有会议通过的决议，预算不能调整。');
END;

CREATE TRIGGER payroll_lines_only_assessed BEFORE INSERT ON payroll_lines
WHEN (SELECT kind FROM payrolls WHERE id = NEW.payroll_id) = 'performance' AND NOT EXISTS (
    SELECT 1 FROM inspections i JOIN payrolls p ON p.id = NEW.payroll_id
     WHERE i.id = NEW.inspection_id AND i.kind = 'assessment' AND i.period = p.period
)
BEGIN
    SELECT RAISE(ABORT, '本季度没有考核的，不能发绩效报酬。');
END;

CREATE TRIGGER batches_only_granted BEFORE INSERT ON batches
WHEN NOT EXISTS (SELECT 1 FROM claims WHERE payroll_id = NEW.payroll_id AND state IN ('granted', 'paid'))
BEGIN
    SELECT RAISE(ABORT, '报账单没有审核完，不能送银行发放。');
END;

CREATE TRIGGER claims_stay_once_sent BEFORE UPDATE ON claims
WHEN OLD.state IN ('granted', 'paid') AND NEW.state NOT IN ('granted', 'paid') AND EXISTS (
    SELECT 1 FROM batches b JOIN batch_lines l ON l.batch_id = b.id WHERE b.payroll_id = NEW.payroll_id AND coalesce(
        (SELECT outcome FROM bank_answers WHERE batch_line_id = l.id ORDER BY rowid DESC LIMIT 1), 'paid'
    ) = 'paid'
)
BEGIN
    SELECT RAISE(ABORT, '这张报账单的钱已经送银行发放，不能退回或作废。');
END;

CREATE TRIGGER batch_lines_only_unpaid BEFORE INSERT ON batch_lines
WHEN EXISTS (
    SELECT 1 FROM batch_lines l WHERE l.payroll_line_id = NEW.payroll_line_id AND coalesce(
        (SELECT outcome FROM bank_answers WHERE batch_line_id = l.id ORDER BY rowid DESC LIMIT 1), 'paid'
    ) = 'paid'
)
BEGIN
    SELECT RAISE(ABORT, '这一笔已经送过银行，没有失败或退票，不能再送。');
END;

CREATE TRIGGER closings_prepared_first BEFORE INSERT ON closings
WHEN NEW.state <> 'prepared'
BEGIN
    SELECT RAISE(ABORT, '结账要先由会计办好，再由另一位确认。');
END;

CREATE TRIGGER closings_in_order BEFORE UPDATE ON closings
WHEN NEW.state = 'closed' AND OLD.state = 'prepared' AND CASE
    WHEN NEW.number > 1 THEN NOT EXISTS (
        SELECT 1 FROM closings c JOIN reopenings r ON r.closing_id = c.id
         WHERE c.village_id = NEW.village_id AND c.month = NEW.month AND c.number = NEW.number - 1
           AND r.state = 'granted'
    )
    ELSE NEW.month <> coalesce((
        SELECT strftime('%Y-%m', max(c.month) || '-01', '+1 month') FROM closings c
         WHERE c.village_id = NEW.village_id AND c.state = 'closed'
    ), NEW.month)
END
BEGIN
    SELECT RAISE(ABORT, '结账要一个月接一个月，不能跳过，也不能重复。');
END;

CREATE TRIGGER reopenings_asked_first BEFORE INSERT ON reopenings
WHEN NEW.state <> 'asked' OR NEW.agreed_by IS NOT NULL OR NEW.open_until IS NOT NULL
  OR NOT EXISTS (SELECT 1 FROM closings c WHERE c.id = NEW.closing_id AND c.state = 'closed')
BEGIN
    SELECT RAISE(ABORT, '反结账要先申请，再由村主要负责人和乡镇同意。');
END;

CREATE TRIGGER reopenings_step_by_step BEFORE UPDATE ON reopenings
WHEN NOT CASE OLD.state || ' ' || NEW.state
    WHEN 'asked agreed' THEN NEW.agreed_by IS NOT NULL AND NEW.open_until IS NULL
    WHEN 'agreed granted' THEN NEW.agreed_by IS OLD.agreed_by AND NEW.open_until IS NOT NULL
    WHEN 'asked refused' THEN NEW.open_until IS NULL
    WHEN 'agreed refused' THEN NEW.agreed_by IS OLD.agreed_by AND NEW.open_until IS NULL
    WHEN 'granted ended' THEN NEW.agreed_by IS OLD.agreed_by AND NEW.open_until IS OLD.open_until
    ELSE 0
END
BEGIN
    SELECT RAISE(ABORT, '反结账要先申请，再由村主要负责人和乡镇同意，开放的日子不能改。');
END;

CREATE TRIGGER reopenings_only_granted BEFORE UPDATE ON reopenings
WHEN NEW.state = 'granted' AND OLD.state <> 'granted'
 AND NOT EXISTS (
    SELECT 1 FROM verdicts
     WHERE subject_table = 'reopenings' AND subject_id = NEW.id AND subject_version = OLD.version AND outcome = 'passed'
 )
 AND (SELECT action FROM journal ORDER BY seq DESC LIMIT 1) NOT IN ('exchange.package.applied', 'exchange.return.applied')
BEGIN
    SELECT RAISE(ABORT, '乡镇没有同意，不能反结账。');
END;

CREATE TRIGGER issuances_only_reviewed BEFORE INSERT ON issuances
WHEN NOT EXISTS (SELECT 1 FROM reviews WHERE subject_id = NEW.notice_id AND outcome = 'passed')
BEGIN
    SELECT RAISE(ABORT, '未经监督小组审核的公示一律不得张贴。');
END;

-- The dictionary: who owns a table, how it travels to the township, when its facts freeze --------------------------
-- travels: open = as it is; sealed = encrypted to the township's key; private = its digest only, for the reason given.
-- frozen_when: a condition on OLD, '1' = from the first moment, '' = the record may always change (and be journaled).
-- moving: columns that still move when the facts are frozen. personal: columns that never leave in readable form.
-- month_of: the day that puts a record into a month; once the month is closed nothing of it is written any more.

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
