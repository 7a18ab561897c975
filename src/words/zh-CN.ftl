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

## 动作分组

group-proposal = 提议
group-view = 视图
group-take = 条
group-scene = 场
group-board = 分镜
group-app = slateboard

## 动作后面可以带的

argument_scene = 场号

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
reason_dialogue = 对白
reason_framing = 取景
reason_staging = 站位
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

proposals-title = 提议
proposals-of = { $title } · 提议
proposals-counted = 采用 { $accepted } 个，不要 { $rejected } 个
proposals-left-out = 没有采用 { $count } 个提议
proposals-none-left = 没有待定的提议：p 再提议一场，esc 返回
proposing-bible = 模型正在提议人物和地点 …
proposing-scenes = 模型正在提议 { $count } 场 …
proposal-scene = 场
proposal-entry-joined = { $name } 进入了设定
proposals-logline-first = 先用一句话写出故事；然后 p 让模型提议人物、地点和情节
kind-character = 人物
kind-place = 地点
kind-prop = 道具
split-title = 拆分这一场
split-line = 新的一场从这里开始
split-before-shot = 在第 { $shot } 个镜头之前拆分了第 { $scene } 场
split-in-brief = 在梗概中拆分了第 { $scene } 场
split-where = 把光标放在第二场开始的地方；alt-enter 在那里拆分
split-only-brief = 要在梗概里拆分
split-needs-words = 两场都要有文字：把光标放在中间
text-title = 标题
text-logline = 一句话故事
text-tone = 每一场的基调
text-proposal = 提议
hint-split-here = 在这里拆分
hint-other-shot = 换一个镜头
hint-in-brief = 在梗概里
status-proposing = 正在提议

## 弹窗

help_title = 按键
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
status_loading = 正在载入模型 { $percent } %
status_no_model = 没有模型
status_stopping = 正在停止
status_reading = 正在读 { $done }/{ $total }
status_writing = 正在写 { $whole }/{ $all }
status_pace = { $pace } 词元/秒
status_model = 模型 …
status_read_only = 只读
status_saving = 正在保存
status_saved = 已保存
status_unsaved = 未保存
