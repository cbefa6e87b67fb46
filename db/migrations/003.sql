-- Notices about an event, the life of a notice to the archive, objections, photos, surveys, levies, own wordings.

ALTER TABLE notices RENAME TO notices_2;
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
INSERT INTO notices (
    rowid, id, version, village_id, slot, kind, period, title, facts, corrects_id, state, made_by, profile_version
)
SELECT rowid, id, version, village_id, slot, kind, period, title, facts, corrects_id, state, made_by, profile_version FROM notices_2;
DROP TABLE notices_2;
CREATE INDEX notices_by_state ON notices (village_id, state);
CREATE INDEX notices_by_kind ON notices (village_id, kind, period, topic_id);

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
    subject_table TEXT NOT NULL CHECK (subject_table IN ('postings', 'takedowns', 'inspections', 'claims')),
    subject_id TEXT NOT NULL,
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    taken_at TEXT NOT NULL,                           -- by the camera's clock; '' = it does not say
    added_by TEXT NOT NULL REFERENCES officers (id),
    UNIQUE (subject_id, attachment_id)
) STRICT;

DELETE FROM dictionary;
INSERT INTO dictionary (table_name, title, owner, travels, frozen_when, moving, personal, reason) VALUES
('attachments',     '附件目录',     'village',   'open',    '1', '',        '', '附件一经存入不能改动。'),
('desks',           '本机账本',     'desk',      'private', '',  '',        '', '本机的身份，别处用不着。'),
('offices',         '单位',         'village',   'open',    '',  '',        '', '单位的名片可以更新。'),
('officers',        '办事人员',     'village',   'open',    '',  '',        '', '人员可以停用，不能删除。'),
('credentials',     '密码',         'desk',      'private', '',  '',        '', '密码和钥匙不出本机。'),
('households',      '农户',         'village',   'open',    '',  '',        '', '户册可以更新。'),
('people',          '村民',         'village',   'sealed',  '',  '',        'id_number born_on phone account bank note', '村民册可以更新。'),
('bodies',          '组织',         'village',   'open',    '',  '',        '', '组织可以更名。'),
('memberships',     '组织成员',     'village',   'open',    '',  '',        '', '任期可以更新。'),
('funds',           '资金',         'village',   'open',    '',  '',        '', '计划数可以调整，每次都留痕。'),
('arrivals',        '到账',         'village',   'open',    '1', '',        '', '到账记录不能改动。'),
('wishes',          '村民意愿',     'village',   'open',    '1', '',        '', '村民签字的意愿不能改动。'),
('projects',        '项目',         'village',   'open',    'OLD.state NOT IN (''wished'', ''shortlisted'', ''proposed'')', 'state manager', '', '项目经会议决议后不能改动。'),
('steps',           '项目进度',     'village',   'open',    '1', '',        '', '项目走过的步骤不能改动。'),
('contracts',       '合同',         'village',   'open',    '1', '',        '', '签过的合同不能改动。'),
('inspections',     '检查验收',     'village',   'open',    '1', '',        '', '检查记录不能改动。'),
('levies',          '筹资筹劳',     'village',   'open',    '1', 'days_worked', '', '议定的筹资筹劳不能改动。'),
('surveys',         '满意度调查',   'village',   'open',    '1', '',        '', '调查结果不能改动。'),
('scores',          '量分票',       'village',   'open',    '1', '',        '', '量分票不能改动。'),
('meetings',        '会议',         'village',   'open',    '1', '',        '', '会议记录不能改动。'),
('attendances',     '到会名册',     'village',   'open',    '1', '',        '', '到会名册不能改动。'),
('motions',         '议题',         'village',   'open',    '1', '',        '', '表决结果不能改动。'),
('motion_projects', '决议项目',     'village',   'open',    '1', '',        '', '决议和项目的关系不能改动。'),
('payrolls',        '报酬发放表',   'village',   'open',    '1', '',        '', '报酬发放表不能改动。'),
('payroll_lines',   '报酬发放明细', 'village',   'sealed',  '1', '',        'account', '报酬发放明细不能改动。'),
('claims',          '报账单',       'village',   'open',    'OLD.state <> ''draft''', 'state', '', '报账单提交后不能改动。'),
('approvals',       '村主任审批',   'village',   'open',    '1', '',        '', '审批意见不能改动。'),
('vouchers',        '凭证',         'village',   'open',    '1', '',        '', '入账的凭证不能改动。'),
('past_expenses',   '往年支出',     'village',   'open',    '1', '',        '', '往年支出照原表接收，不能改动。'),
('slots',           '公开栏目',     'village',   'open',    '',  '',        '', '栏目名称待县级口径确认，可以改。'),
('notices',         '公示稿',       'village',   'open',    'OLD.state <> ''draft''', 'state', '', '公示稿送审后不能改动。'),
('issuances',       '公示发布',     'village',   'open',    '1', '',        '', '发布的公示不能改动。'),
('postings',        '张贴记录',     'village',   'open',    '1', '',        '', '张贴记录不能改动。'),
('takedowns',       '取下记录',     'village',   'open',    '1', '',        '', '取下记录不能改动。'),
('filings',         '归档记录',     'village',   'open',    '1', '',        '', '归档记录不能改动。'),
('wordings',        '公示措辞',     'village',   'open',    '',  '',        '', '措辞可以改，每次都留痕。'),
('objections',      '异议',         'village',   'sealed',  '1', '',        'asker reach', '登记的异议不能改动。'),
('pauses',          '异议暂停',     'village',   'open',    '1', 'last_day', '', '暂停记录不能改动。'),
('replies',         '异议答复',     'village',   'open',    '1', '',        '', '答复不能改动。'),
('photos',          '照片',         'village',   'open',    '1', '',        '', '照片一经存入不能改动。'),
('reviews',         '审核意见',     'oversight', 'open',    '1', '',        '', '审核意见不能改动。'),
('answers',         '答复',         'village',   'open',    '1', '',        '', '答复不能改动。'),
('peers',           '往来单位',     'desk',      'private', '',  '',        '', '各存各的对方名片。'),
('parcels',         '收发登记',     'desk',      'private', '1', 'state',   '', '收发登记不能改动。'),
('verdicts',        '乡镇意见',     'township',  'private', '1', '',        '', '乡镇的意见由乡镇随回执发来，不再送回。');
