### 屏幕上的文字。键与 en.ftl 相同,见 mod.rs。

## 动作

action-take-generate = 生成
    .about = 让模型为这一场写若干条
action-take-stop = 停止
    .about = 停止正在写的条
action-take-accept = 采用
    .about = 采用这一条：它成为选定的一条
action-take-reject = 否决
    .about = 否决这一条，接着显示下一条
action-take-reject-why = 说明否决
    .about = 否决这一条并说明原因
action-take-next = 下一条
    .about = 显示下一条
action-take-previous = 上一条
    .about = 显示上一条
action-take-scroll-down = 往下读
    .about = 把这一条向下滚动
action-take-scroll-up = 往上读
    .about = 把这一条向上滚动
action-scene-next = 下一场
    .about = 到下一场
action-scene-previous = 上一场
    .about = 到上一场
action-scene-first = 第一场
    .about = 到第一场
action-scene-last = 最后一场
    .about = 到最后一场
action-scene-go = 跳到
    .about = 按场号跳到某一场
action-scene-brief = 梗概
    .about = 编辑这一场的梗概
action-scene-brief-outside = 外部编辑
    .about = 用 $VISUAL 或 $EDITOR 编辑这一场的梗概
action-scene-texts = 文字
    .about = 编辑场或条的任何文字
action-scene-add = 加一场
    .about = 在这一场之后加一场
action-scene-add-before = 在前加场
    .about = 在这一场之前加一场
action-scene-duplicate = 复制
    .about = 复制这一场
action-scene-delete = 删除
    .about = 删除这一场；撤销可以恢复
action-scene-move-down = 下移
    .about = 把这一场往后移
action-scene-move-up = 上移
    .about = 把这一场往前移
action-scene-renumber = 重编场号
    .about = 给所有场重新编号
action-board-open = 打开
    .about = 打开光标所在的分镜
action-board-undo = 撤销
    .about = 撤销上一个改动或裁定
action-board-redo = 重做
    .about = 重做刚才撤销的
action-board-save = 保存
    .about = 写入 YAML
action-take-copy = 复制这一条
    .about = 把这一条的文字放进剪贴板
action-scene-copy = 复制这一场
    .about = 把这一场的文字放进剪贴板
action-scene-copy-yaml = 复制 YAML
    .about = 把这一场按文件里的样子放进剪贴板
action-app-palette = 命令
    .about = 用几个字母找到任何动作
action-app-theme = 主题
    .about = 选择屏幕的颜色，选的时候就能看到
action-app-language = 语言
    .about = 选择屏幕的语言
action-app-mouse = 鼠标
    .about = 使用鼠标，或把它留给终端
action-app-help = 帮助
    .about = 显示所有按键
action-app-suspend = 挂起
    .about = 暂停程序，直到 shell 让它继续
action-app-quit = 退出
    .about = 保存并离开
action-app-leave-unsaved = 不保存离开
    .about = 不写 YAML 就离开；日志保留每个改动

action-scene-propose = 提议
    .about = 让模型提议这一场之后的一场；空的分镜先提议设定和六场
action-proposal-accept = 采用
    .about = 采用这个提议：它进入分镜
action-proposal-reject = 不要
    .about = 不要这个提议
action-proposal-edit = 编辑
    .about = 采用之前先改这个提议
action-proposal-accept-all = 全部采用
    .about = 采用所有提议
action-proposal-more = 再来
    .about = 让模型再提议一场
action-proposal-next = 下一个提议
    .about = 到下一个提议
action-proposal-previous = 上一个提议
    .about = 到上一个提议
action-view-close = 返回
    .about = 回到场和舞台
action-scene-split = 拆分
    .about = 在某个镜头之前或梗概中间拆分这一场

action-review-skip = 跳过
    .about = 不作裁决，看下一条
action-review-back = 往回
    .about = 回到上一条
action-review-retract = 收回
    .about = 收回这次审片的上一个裁决
action-review-note = 备注
    .about = 写一句随下一个裁决一起记录的话
action-review-scroll-down = 往下读
    .about = 把这一条向下滚动
action-review-scroll-up = 往上读
    .about = 把这一条向上滚动
action-sheet-right = 右
    .about = 到下一格
action-sheet-left = 左
    .about = 到上一格
action-sheet-down = 下
    .about = 到下面一格
action-sheet-up = 上
    .about = 到上面一格
action-sheet-first = 第一格
    .about = 到第一格
action-sheet-last = 最后一格
    .about = 到最后一格
action-sheet-larger = 放大
    .about = 少显示几格，每格更大
action-sheet-smaller = 缩小
    .about = 多显示几格，每格更小
action-sheet-open = 打开
    .about = 到这一格所在的场
action-animatic-play = 播放
    .about = 播放或暂停
action-animatic-next-shot = 下一镜头
    .about = 到下一个镜头
action-animatic-previous-shot = 上一镜头
    .about = 到镜头开头，或上一个镜头
action-animatic-next-scene = 下一场
    .about = 到下一场
action-animatic-previous-scene = 上一场
    .about = 到上一场
action-animatic-first = 开头
    .about = 到开头
action-animatic-faster = 加快
    .about = 播放得快一些
action-animatic-slower = 放慢
    .about = 播放得慢一些
action-animatic-loop = 循环
    .about = 循环播放这一场、整份分镜，或不循环
action-compare-next = 右边下一条
    .about = 右边显示下一条
action-compare-previous = 右边上一条
    .about = 右边显示上一条
action-compare-next-left = 左边下一条
    .about = 左边显示下一条
action-compare-swap = 对调
    .about = 左右对调
action-compare-scroll-down = 往下读
    .about = 两条一起向下滚动
action-compare-scroll-up = 往上读
    .about = 两条一起向上滚动
action-bible-next = 下
    .about = 到下一项
action-bible-previous = 上
    .about = 到上一项
action-bible-accept = 收入设定
    .about = 把这个新角色收入设定
action-bible-look = 外观
    .about = 编辑不变的外观
action-bible-now = 现状
    .about = 编辑会变化的现状
action-bible-name = 名字
    .about = 编辑名字
action-bible-add-character = 加人物
    .about = 加一个人物
action-bible-add-place = 加地点
    .about = 加一个地点
action-bible-add-prop = 加道具
    .about = 加一个道具
action-bible-delete = 删除
    .about = 删除这一项；撤销可以找回
action-board-next-field = 下
    .about = 到下一项
action-board-previous-field = 上
    .about = 到上一项
action-board-edit-field = 编辑
    .about = 编辑这一项
action-history-later = 往后
    .about = 到下一步
action-history-earlier = 往前
    .about = 到上一步
action-history-jump = 跳到这里
    .about = 回到或前进到这一点
action-log-older = 更早
    .about = 看更早的话
action-log-newer = 更新
    .about = 看更新的话
action-view-sheet = 总览
    .about = 用网格显示所有镜头
action-view-review = 审未定的
    .about = 审没有选定条的场
action-view-review-sequence = 审这一段
    .about = 审这一段的条
action-view-review-everything = 审全部
    .about = 审所有条
action-view-review-chosen = 审选中的
    .about = 审选中的场的条
action-view-animatic = 动态分镜
    .about = 按时长播放分镜
action-view-compare = 两条对比
    .about = 并排显示两条
action-view-bible = 设定
    .about = 显示人物、地点和道具
action-view-board = 分镜设置
    .about = 显示分镜自己的各项
action-view-history = 历史
    .about = 显示做过的事，可以回到任何一点
action-view-log = 日志
    .about = 显示说过的话
action-take-mark = 标出改动
    .about = 标出与来源条或上一条的不同
action-take-mark-from-here = 以此为准
    .about = 所有条都与这一条对比
action-scene-filter = 筛选
    .about = 只显示符合文字的场
action-scene-clear-filter = 全部
    .about = 重新显示所有场
action-scene-fold = 折叠
    .about = 折叠或展开这一段
action-scene-fold-all = 全部折叠
    .about = 折叠或展开所有段
action-scene-choose = 选中
    .about = 选中这一场
action-scene-choose-none = 取消选中
    .about = 取消所有选中
action-scene-delete-chosen = 删除选中的
    .about = 删除选中的场；撤销可以找回

## 动作分组

group-proposal = 提议
group-view = 视图
group-review = 审片
group-sheet = 分镜总览
group-animatic = 动态分镜
group-compare = 两条对比
group-bible = 设定
group-history = 历史
group-log = 日志
prefix-v = 视图
group-take = 条
group-scene = 场
group-board = 分镜
group-app = slateboard

## 动作后面可以带的

argument_scene = 场号
argument_theme = 主题
argument_language = 语言

## 引出其他键的键

prefix-y = 复制
prefix-u2c = 设置

## 已完成的事

take_accepted = 采用了第 { $scene } 场第 { $take } 条
take_rejected = 否决了第 { $scene } 场第 { $take } 条
taken_back = 已收回：{ $what }
done_again = 再次：{ $what }
undone = 已撤销：{ $what }
redone = 已重做：{ $what }
scene_added = 加了第 { $number } 场
scene_duplicated = 复制了第 { $number } 场
scene_deleted = 删除第 { $number } 场
scene_moved = 移动了第 { $number } 场
scenes_numbered = 给所有场重新编了号
edited = 改了{ $what }
brief_unchanged = 梗概没有变
takes_of_scene = 第 { $number } 场的 { $count } 条
writing_takes = 正在写第 { $number } 场的 { $count } 条
saved = 已保存
stopped = 已停止
copied_take = 这一条已放进剪贴板（如果终端允许）
copied_scene = 这一场已放进剪贴板（如果终端允许）
copied_yaml = 这一场的 YAML 已放进剪贴板（如果终端允许）
theme_chosen = 主题 { $theme }
language_chosen = 语言 { $language }
mouse_on = 使用鼠标
mouse_off = 鼠标留给终端

## 做不到的事,以及怎么办

not_now = 现在没有可以{ $action }的
verdict_not_taken = 裁定没有记下：{ $why }
not_recorded = 屏幕上的一个改动不在磁盘上：{ $why }；请保存
not_saved = 没有保存：{ $why }；日志保留每个改动，按 Q 不保存离开
conflict = 另一个程序改了 YAML，那份没有动；你的分镜在 { $file }
writing_still = 还在写：esc 停止，Q 直接离开
takes_without_scene = 这些条所属的场已经不在了
takes_none_whole = 没有一条写完；把这一场的秒数减少一些
takes_some_whole = { $asked } 条中写完了 { $count } 条
context_small = 上下文太小，以下从简或略去：{ $parts }
engine_died = 引擎停了：{ $why }；一切都已保留，按 g 重新启动
scene_not_found = 没有第 { $number } 场
theme_unknown = 没有 { $theme } 这个主题；有 { $known }
paste_cut = 粘贴的文字在第 { $most } 个字符处截断，一段文字最多这么长
no_shell = 上面没有可以回来的 shell
no_board = 没有打开的分镜
scene_gone = 这一场已经不在了
take_gone = 这一条已经不在了
shot_gone = 这个镜头已经不在了
dialogue_no_speaker = 第 { $row } 行没有说话人；写成 名字： 台词
too_long = 文字有 { $length } 个字符，最多 { $cap } 个

## 可以改的文字

text_number = 场号
text_heading = 场景标题
text_brief = 梗概
text_action = 动作
text_dialogue = 对白，每行一句 名字： 台词
text_sound = 声音
text_shots = 镜头
text_shot = 镜头 { $number }
text_reason = 原因

## 否决的原因

reason_brief = 不合梗概
reason_character = 不像这个人物
reason_place = 地点或道具不对
reason_talk = 对白太多
reason_static = 镜头太静
reason_long = 太长
reason_slow = 太慢
reason_seen = 似曾相识
reason_tone = 语气

## keymap.yaml

keymap_not_yaml = 这不是一份按键与动作的列表：{ $why }
keymap_no_key = { $word } 不是按键；应当是一个字符、ctrl-x、alt-x，或 esc、enter、up 这样的名字
keymap_no_action = 没有 { $id } 这个动作
keymap_no_action_but = 没有 { $id } 这个动作；也许是 { $meant }
keymap_no_argument = { $id } 后面不带东西，这里却有 { $argument }
keymap_twice = 按键 { $keys } 绑定了两次；以第一次为准

## config.yaml

config_not_yaml = 这不是一份名称与值的列表：{ $why }
config_no_name = 没有叫 { $name } 的设置
config_no_name_but = 没有叫 { $name } 的设置；也许是 { $meant }
config_wrong = { $name }：{ $why }
complaints = { $first }（还有 { $more } 处，"slateboard config" 会列出）
file_complaint = { $file } 第 { $line } 行：{ $what }

## 视图

view_too_small = { $columns }×{ $rows } 太小；需要 { $least_columns }×{ $least_rows }
view_opening = 正在打开 { $file } …
boards_title = 分镜
boards_looking = 正在找分镜 …
boards_none = 这里还没有分镜。

    按 q 离开,然后新建一个:
      slateboard new my-film.yaml
scenes_title = 场
scenes_none = 还没有场：按 o 加一场。
scenes_no_brief = （还没有梗概）
stage_no_brief = （还没有梗概：按 e 写）
stage_no_take = 还没有条：按 g 让模型写。
takes_title = 条

## 提议与拆分

proposals_title = 提议
proposals_of = { $title } · 提议
proposals_counted = 采用 { $accepted } 个，不要 { $rejected } 个
proposals_left_out = 没有采用 { $count } 个提议
proposals_none_left = 没有待定的提议：p 再提议一场，esc 返回
proposing_bible = 模型正在提议人物和地点 …
proposing_scenes = 模型正在提议 { $count } 场 …
proposal_scene = 场
proposal_entry_joined = { $name } 进入了设定
proposals_logline_first = 先用一句话写出故事；然后 p 让模型提议人物、地点和情节
kind_character = 人物
kind_place = 地点
kind_prop = 道具
split_title = 拆分这一场
split_line = 新的一场从这里开始
split_before_shot = 在第 { $shot } 个镜头之前拆分了第 { $scene } 场
split_in_brief = 在梗概中拆分了第 { $scene } 场
split_where = 把光标放在第二场开始的地方；alt-enter 在那里拆分
split_only_brief = 要在梗概里拆分
split_needs_words = 两场都要有文字：把光标放在中间
text_title = 标题
text_logline = 一句话故事
text_tone = 每一场的基调
text_proposal = 提议
hint_split_here = 在这里拆分
hint_other_shot = 换一个镜头
hint_in_brief = 在梗概里
status_proposing = 正在提议

## 各个视图

review_nothing = 这里没有要审的条
review_nothing_before = 前面没有条了
review_title_undecided = 审片 · 未定
review_title_sequence = 审片 · 这一段
review_title_chosen = 审片 · 选中的场
review_title_all = 审片 · 全部
review_place = 第 { $at } / { $all }
review_counts = 采用 { $accepted } · 否决 { $rejected } · 跳过 { $skipped }
review_pace = 每分钟 { $pace }
review_time_left = 还剩 { $minutes } 分钟
review_noted = 备注：{ $note }
review_over = 审片结束。
review_took = { $minutes } 分钟裁决了 { $judged } 条
review_left_over = 还剩 { $count } 条
review_why = 否决的原因
review_writing_ahead = 正在写新的条
sheet_title = 总览 · { $count } 格
sheet_no_take = 还没有条
sheet_empty = 没有可以显示的场。
animatic_title = 动态分镜
animatic_paused = 暂停
animatic_playing = 播放中
animatic_loop_scene = 循环这一场
animatic_loop_board = 循环整份
compare_title = 第 { $take } 条
compare_differs = 有 { $percent } % 不同
bible_title = 设定
bible_empty = 设定还是空的：o 加人物，O 加地点，P 加道具。
bible_newcomer = 由某一条提出
bible_now = 现在：{ $now }
entry_deleted = 从设定里删除了 { $name }
board_title = 分镜设置
field_unset = 未设
fps_is_a_number = 每秒帧数是一个数，比如 24 或 29.97
history_title = 历史
history_start = 打开时的样子
history_here = 现在
log_title = 日志
log_empty = 还没有话。
log_ago = { $minutes } 分钟前
log_now = 刚才
marks_off = 不标出改动
marks_parent = 标出与来源条的不同
marks_nothing = 有可比的条时会标出改动
marks_from = 所有条都与第 { $take } 条对比
filter_matches = { $all } 场中的 { $count } 场
sequence_sums = { $scenes } 场 · { $seconds } 秒
scenes_deleted = 删除了 { $count } 场
text_language = 语言（en、zh-CN …）
text_aspect = 画幅（16:9、2.39:1 …）
text_fps = 每秒帧数
text_style = 画面风格
text_sequence = 从这里开始的段的名字
text_entry_name = 名字
text_entry_look = 不变的外观
text_entry_now = 会变化的现状
text_note = 备注
hint_filter_keep = 保留筛选
hint_filter_clear = 全部

## 弹窗

help_title = 按键
palette_title = 要做什么？
palette_nothing = 没有这样的动作
reasons_title = 否决的原因
fields_title = 编辑
held_title = 这份分镜被占用
held_by = 在别处打开着：{ $holder }
held_look = 只看，不改
held_copy = 在旁边的副本上工作
held_leave = 离开
editor_title = 编辑{ $what }
editor_asking = 保留改动吗？

## 最后几行

hint_keep_changes = 保留改动
hint_drop_changes = 丢弃
hint_go_on = 继续
hint_keep = 保留
hint_leave = 离开
hint_undo = 撤销
hint_view = 只看
hint_copy = 副本
hint_quit = 退出
hint_reason = 原因
hint_own_words = 自己写
hint_not_after_all = 算了
hint_edit = 编辑
hint_close = 关闭
hint_scroll = 滚动
hint_do = 执行
hint_complete = 补全
status_loading = 正在载入模型 { $percent } %
status_no_model = 没有模型
status_stopping = 正在停止
status_reading = 正在读 { $done }/{ $total }
status_writing = 正在写 { $whole }/{ $all }
status_pace = { $pace } 词元/秒
status_left = 还要 { $seconds } 秒
status_model = 模型 …
status_read_only = 只读
status_saving = 正在保存
status_saved = 已保存
status_unsaved = 未保存
