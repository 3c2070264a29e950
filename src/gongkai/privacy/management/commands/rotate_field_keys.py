"""``rotate_field_keys``: a new key, everything resealed with it, and which old keys may go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.privacy.errors import PrivacyError
from gongkai.privacy.keys import ALGORITHMS, add_key, key_file, keyring
from gongkai.privacy.services import keys_in_use, rotate


class Command(BaseCommand):
    help = "更换个人信息加密密钥：生成新密钥并用它重新加密全部内容；中断后加 --resume 继续。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--resume", action="store_true", help="不生成新密钥，只继续上次没有完成的加密。")
        parser.add_argument("--algorithm", choices=sorted(ALGORITHMS), help="新密钥的算法。")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not options["resume"]:
                ring = add_key(options["algorithm"])
                self.stdout.write(f"已生成密钥 {ring.current}，请立即备份 {key_file()}。")
            done = rotate()
            used = keys_in_use()
        except PrivacyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"重新加密 {done.values} 项内容、{done.files} 个文件。")
        unused = [name for name in keyring().keys if not used[name] and name != keyring().current]
        if unused:
            self.stdout.write(
                f"密钥 {'、'.join(unused)} 已不再使用；旧备份中的内容仍要用它，请与备份一起保存。"
            )
