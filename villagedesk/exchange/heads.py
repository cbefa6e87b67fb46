"""What each column is called on a sheet for Excel, and in which order; what is not named here is not shown."""

from collections.abc import Mapping

from villagedesk.village.store import fund_label

_PROJECT, _FUND, _HOUSEHOLD = ("project_id", "项目"), ("fund_id", "资金"), ("household_id", "户编号")
_AMOUNT, _NOTE = ("amount_fen", "金额（元）"), ("note", "备注")
_GIVEN = (("outcome", "意见"), ("note", "说明"), ("given_by", "签署人"), ("given_at", "时间"))
_TERM = (("first_day", "起"), ("last_day", "止"))

HEADS: Mapping[str, Mapping[str, str]] = {
    table: dict(columns)
    for table, columns in {
        "attachments": (("name", "文件名"), ("media_type", "类型"), ("size", "字节"), ("id", "指纹（SHA-256）")),
        "offices": (
            ("name", "单位"), ("code", "区划代码"), ("township", "乡镇"), ("households", "户数"), ("population", "人口"),
            ("contact", "联系人"), ("phone", "电话"), ("kind", "类别"), ("is_practice", "练习"),
            ("chain", "审批流程"),
        ),
        "officers": (("name", "姓名"), ("role", "职责"), ("is_active", "在任")),
        "households": (("number", "户编号"), ("team", "村民小组"), ("head_name", "户主")),
        "people": (_HOUSEHOLD, ("name", "姓名"), ("relation", "与户主关系"), ("sex", "性别")),
        "bodies": (("kind", "组织"), ("name", "名称")),
        "memberships": (("body_id", "组织"), ("name", "姓名"), ("duty", "职务"), *_TERM),
        "funds": (
            ("year", "年度"), ("source", "来源"), ("owner", "归属"), ("planned_fen", "计划（元）"), ("document", "文号"),
        ),
        "arrivals": (
            ("year", "年度"), ("number", "收据号"), _FUND, ("arrived_on", "到账日期"), _AMOUNT, ("document", "凭据"),
            ("reverses_id", "冲销"), ("reason", "原因"),
        ),
        "openings": (
            _FUND, ("opened_on", "结转日期"), _AMOUNT, ("from_fund_id", "结转自"), ("document", "凭据"),
            ("reverses_id", "冲销"), ("reason", "原因"),
        ),
        "imports": (
            ("kind", "导入的是"), ("file_name", "文件名"), ("count", "条数"), ("attachment_id", "原表"),
            ("made_by", "经办人"), ("is_undone", "已撤销"),
        ),
        "wishes": (
            _HOUSEHOLD, ("year", "年度"), ("place", "次序"), ("item", "想办的事"), ("spokesman", "户代表"),
            ("signed_on", "签字日期"),
        ),
        "projects": (
            ("year", "年度"), ("name", "项目"), ("class_code", "类别"), ("item", "内容"), ("place", "地点"),
            ("manager", "负责人"), ("is_necessary", "必办"), ("has_other_money", "有其他资金"),
            ("budget_fen", "预算（元）"), _FUND, ("state", "进度"),
        ),
        "steps": (
            _PROJECT, ("state", "走到"), ("taken_on", "日期"), _NOTE, ("paper_id", "依据"), ("taken_by", "经办人"),
        ),
        "contracts": (
            _PROJECT, ("kind", "类别"), ("party", "对方"), ("scope", "范围"), ("standard", "标准"), _AMOUNT,
            ("pay_cycle", "付款办法"), ("signed_on", "签订日期"), *_TERM, ("cycles", "分几次付"), ("bands", "付款档次"),
            ("deductions", "扣款办法"),
        ),
        "posts": (
            _PROJECT, ("person_id", "姓名"), ("payee_id", "收款人"), ("contract_id", "合同"), ("duty", "岗位"),
            ("area", "片区"), ("base_fen", "每月基本报酬（元）"), ("performance_fen", "每季绩效报酬（元）"),
            ("bands", "付款档次"), *_TERM,
        ),
        "inspections": (
            _PROJECT, ("kind", "类别"), ("inspected_on", "日期"), ("score", "得分"), ("is_passed", "合格"),
            ("inspectors", "检查人"), _NOTE, ("contract_id", "合同"), ("post_id", "岗位"), ("period", "考核期间"),
            ("template", "评分表"),
        ),
        "marks": (
            ("inspection_id", "检查"), ("place", "序号"), ("item", "评分项"), ("points", "标准分"), ("deducted", "扣分"),
            _NOTE,
        ),
        "evaluations": (
            ("year", "年度"), ("subject_table", "考评的是"), ("score", "年度得分（十分之一分）"), ("place", "名次"),
            ("arithmetic", "算法"), ("made_by", "制表人"),
        ),
        "levies": (
            _PROJECT, ("resolved_on", "决议日期"), ("payers", "出资人数"), ("exempt", "减免人数"),
            ("fen_per_head", "每人（元）"), ("workers", "出工人数"), ("days_per_head", "每人工日"),
            ("days_worked", "已出工日"), _NOTE,
        ),
        "surveys": (
            _PROJECT, ("held_on", "日期"), ("way", "方式"), ("asked", "调查人数"), ("good", "好"), ("fair", "中"),
            ("poor", "差"), _NOTE,
        ),
        "scores": (_PROJECT, ("member", "评分人"), ("urgent", "急需"), ("wished", "急盼"), ("benefit", "受益直接")),
        "meetings": (
            ("body_id", "组织"), ("basis", "依据"), ("number", "会议编号"), ("held_on", "日期"), ("place", "地点"),
            ("chair", "主持"), ("recorder", "记录"), ("entitled", "应到"), ("present", "实到"), ("minutes", "记录内容"),
            ("recorded_by", "登记人"),
        ),
        "attendances": (("meeting_id", "会议编号"), ("name", "姓名"), ("presence", "到会")),
        "motions": (
            ("meeting_id", "会议编号"), ("number", "序号"), ("subject", "议题"), ("method", "表决方式"), ("yes", "赞成"),
            ("no", "反对"), ("abstain", "弃权"), ("is_passed", "通过"), ("arithmetic", "计票"),
        ),
        "motion_projects": (("motion_id", "议题"), _PROJECT),
        "budget_changes": (
            ("year", "年度"), ("number", "第几次调整"), ("motion_id", "决议"), ("decided_on", "决议日期"),
            ("reason", "原因"), ("made_by", "经办人"),
        ),
        "budget_lines": (("budget_change_id", "预算调整"), _PROJECT, ("change_fen", "增减（元）")),
        "payrolls": (
            _PROJECT, ("title", "名称"), ("period", "期间"), ("sheet_date", "日期"), ("total_fen", "合计（元）"),
            ("import_id", "导入"), ("source_id", "原表"), ("kind", "种类"), ("previous_id", "照哪张表做的"),
        ),
        "payroll_lines": (
            ("payroll_id", "发放表"), ("place", "序号"), ("name", "姓名"), ("payee_id", "收款人"), ("post_id", "岗位"),
            ("area", "片区"), ("work", "事项"), ("inspection_id", "考核"),
            ("standard_fen", "标准（元）"), ("day_tenths", "工日（十分之一）"), ("ratio", "档次"),
            ("deduction_fen", "扣除（元）"), _AMOUNT, ("reason", "调整原因"), _NOTE,
        ),
        "timesheets": (
            ("post_id", "岗位"), ("month", "月份"), ("absent_tenths", "缺勤（十分之一天）"), ("deduction_fen", "扣款（元）"),
            _NOTE,
        ),
        "batches": (
            ("year", "年度"), ("number", "批次"), ("payroll_id", "发放表"), ("channel", "文件格式"), ("made_on", "日期"),
            ("count", "人数"), ("total_fen", "合计（元）"), ("file_name", "文件名"), ("digest", "指纹"),
            ("reissues_id", "补发哪一批"), ("made_by", "经办人"),
        ),
        "batch_lines": (
            ("batch_id", "批次"), ("place", "序号"), ("payroll_line_id", "发放明细"), ("name", "户名"), _AMOUNT,
        ),
        "bank_answers": (
            ("batch_line_id", "批次明细"), ("outcome", "结果"), ("reason", "原因"), ("told_on", "回盘日期"),
            ("import_id", "导入"),
        ),
        "claims": (
            ("spent_on", "日期"), _PROJECT, _FUND, ("payee", "收款人"), _AMOUNT, ("purpose", "用途"),
            ("invoice_kind", "票据"), ("invoice_number", "票据号"), ("handler", "经手人"), ("witness", "证明人"),
            ("pay_way", "付款方式"), ("payroll_id", "发放表"), ("excuse", "情况说明"), ("state", "进度"),
            ("made_by", "制单人"), ("chain", "审批流程"), ("contract_id", "合同"), ("inspection_id", "检查验收"),
            ("decision_id", "集体决定"), ("advance_id", "预借"), ("redoes_id", "重做哪张凭证"),
        ),
        "approvals": (("claim_id", "报账单"), ("step", "哪一步"), *_GIVEN, ("signer", "签字人")),
        "vouchers": (
            ("year", "年度"), ("number", "凭证号"), ("posted_on", "入账日期"), _PROJECT, _FUND, ("payee", "收款人"),
            ("purpose", "用途"), _AMOUNT, ("reverses_id", "冲销"), ("reason", "原因"), ("posted_by", "记账人"),
        ),
        "past_expenses": (
            ("year", "年度"), ("place", "序号"), ("spent_on", "日期"), ("item", "事项"), ("payee", "收款人"), _AMOUNT,
            ("source", "资金来源"), ("handler", "经手人"), ("invoice_number", "票据号"), ("opinion", "意见"),
        ),
        "cash_moves": (
            ("moved_on", "日期"), ("kind", "存取"), _AMOUNT, ("document", "凭据"), _NOTE, ("made_by", "经办人"),
        ),
        "advances": (
            ("taker", "借款人"), ("given_on", "借出日期"), ("due_on", "应还日期"), _AMOUNT, ("pay_way", "付款方式"),
            ("purpose", "用途"), ("made_by", "经办人"),
        ),
        "settlements": (
            ("advance_id", "预借"), ("settled_on", "日期"), ("voucher_id", "报账凭证"), _AMOUNT, ("pay_way", "方式"),
            ("made_by", "经办人"),
        ),
        "statements": (
            ("kind", "对的是"), ("stated_on", "日期"), ("amount_fen", "对账单或实盘（元）"), ("books_fen", "账面（元）"),
            _NOTE, ("witness", "监盘人"), ("made_by", "经办人"),
        ),
        "uncashed": (
            ("statement_id", "对账"), ("side", "哪一方未达"), ("what", "事项"), ("since", "从哪天起"), _AMOUNT,
        ),
        "closings": (
            ("month", "月份"), ("number", "第几次结账"), ("state", "进度"), ("prepared_on", "办结账日期"),
            ("excuse", "情况说明"), ("prepared_by", "办理人"), ("closed_on", "结账日期"), ("closed_by", "确认人"),
        ),
        "reopenings": (
            ("closing_id", "结账月份"), ("reason", "原因"), ("asked_on", "申请日期"), ("days", "天数"),
            ("asked_by", "申请人"), ("agreed_by", "同意人"), ("open_until", "开到哪天"), ("state", "进度"),
        ),
        "slots": (("number", "栏"), ("name", "栏目"), ("basis", "依据"), ("is_confirmed", "已确认")),
        "notices": (
            ("slot", "栏"), ("kind", "种类"), ("period", "期间"), ("title", "标题"), ("corrects_id", "更正"),
            ("state", "进度"), ("made_by", "制作人"),
        ),
        "issuances": (
            ("year", "年度"), ("number", "编号"), ("notice_id", "公示"), ("issued_on", "发布日期"),
            ("issued_by", "发布人"),
        ),
        "postings": (
            ("notice_id", "公示"), ("board", "公示栏"), *_TERM, ("photo_id", "照片"), ("posted_by", "张贴人"),
        ),
        "takedowns": (("posting_id", "张贴处"), ("taken_on", "取下日期"), _NOTE, ("taken_by", "取下人")),
        "filings": (("notice_id", "公示"), ("filed_on", "归档日期"), ("place", "存放处"), ("filed_by", "归档人")),
        "wordings": (("kind", "种类"), ("subject", "标题用语"), ("lead", "开头"), ("ending", "结尾")),
        "objections": (
            ("year", "年度"), ("number", "编号"), ("notice_id", "公示"), ("place", "问的是哪一行"), ("text", "异议"),
            ("received_on", "收到日期"), ("received_by", "受理人"),
        ),
        "pauses": (
            ("objection_id", "异议"), ("first_day", "从哪天起"), ("last_day", "到哪天止"), ("reason", "原因"),
            ("paused_by", "登记人"),
        ),
        "replies": (
            ("objection_id", "异议"), ("outcome", "结果"), ("text", "答复"), ("replied_on", "答复日期"),
            ("replied_by", "答复人"),
        ),
        "photos": (
            ("subject_table", "拍的是"), ("attachment_id", "照片"), ("taken_at", "拍摄时间"), ("added_by", "登记人"),
        ),
        "reviews": (("subject_table", "审核的是"), *_GIVEN, ("signer", "签字人")),
        "answers": (("subject_table", "答复的是"), ("text", "答复"), ("given_by", "答复人"), ("given_at", "时间")),
    }.items()
}  # fmt: skip

NAMES: Mapping[str, str] = {
    "advances": "taker || ' ' || given_on",
    "arrivals": "year || '-' || number",
    "attachments": "name",
    "batch_lines": "name",
    "batches": "year || '-' || number",
    "bodies": "name",
    "budget_changes": "year || '-' || number",
    "claims": "purpose",
    "closings": "month",
    "contracts": "party",
    "funds": fund_label("p"),
    "households": "number",
    "imports": "file_name",
    "inspections": "inspected_on",
    "meetings": "number",
    "motions": "subject",
    "notices": "title",
    "objections": "year || '-' || number",
    "officers": "name",
    "openings": "opened_on",
    "payrolls": "title",
    "payroll_lines": "name",
    "people": "name",
    "posts": "duty || ' ' || area",
    "postings": "board",
    "projects": "name",
    "statements": "stated_on",
    "vouchers": "year || '-' || number",
}
"""How a record is called where another one points at it, in SQL; there its table is called ``p``."""
